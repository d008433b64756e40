"""What has happened that a unit may want to be told: found in the audit trail, which misses nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from trellis.core.models import AuditEntry
from trellis.exchange.models import Event
from trellis.learning.models import CohortMember, SignUp
from trellis.people.models import Unit

_COMPLETE, _BY_LIST, _BY_CODE = "cohort.complete", "learning.attendance.list", "learning.attendance.code"
ACTIONS = (_COMPLETE, _BY_LIST, _BY_CODE)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a unit, and what it is about."""

    event: Event
    about: str
    unit: Unit


def happenings(entries: Iterable[AuditEntry]) -> Iterator[Happening]:
    """Yield what these rows of the trail tell of; what is not there any more is left out. A query or two a row."""
    for entry in entries:
        if entry.action == _COMPLETE:
            found = _member(entry.target)
            if found is not None:
                yield Happening(Event.PROGRAM_COMPLETED, entry.target, found.cohort.programme.unit)
            continue
        for sign_up in _came(entry):
            yield Happening(Event.SESSION_ATTENDED, f"sign-up:{sign_up.uid}", sign_up.session.unit)


def told(event: str, about: str) -> dict[str, Any] | None:
    """Return what a message says of something as it is now; None when that is not so any more, or not there.

    Persons are given by the number that stands for them here, and by nothing else.
    """
    if event == Event.PROGRAM_COMPLETED:
        member = _member(about)
        if member is None or member.completed_on is None:
            return None
        return {
            "program": str(member.cohort.programme.uid),
            "title": member.cohort.programme.title,
            "cohort": str(member.cohort.uid),
            "person": str(member.person.uid),
            "completed_on": member.completed_on.isoformat(),
        }
    sign_up = _sign_ups().filter(uid=_uid(about), came=True).first()
    if sign_up is None:
        return None
    session = sign_up.session
    return {
        "offering": str(session.offering.uid),
        "title": session.offering.title,
        "session": str(session.uid),
        "starts_at": session.starts_at.isoformat(),
        "person": str(sign_up.person.uid),
    }


def _member(about: str) -> CohortMember | None:
    return CohortMember.objects.select_related("cohort__programme__unit", "person").filter(uid=_uid(about)).first()


def _sign_ups() -> Any:
    return SignUp.objects.select_related("session__unit", "session__offering", "person")


def _came(entry: AuditEntry) -> Iterator[SignUp]:
    if entry.action == _BY_LIST:
        marked = [uid for uid, mark in entry.detail.get("marks", {}).items() if mark == "came"]
        yield from _sign_ups().filter(uid__in=marked, came=True).order_by("pk")
    else:
        yield from _sign_ups().filter(session__uid=_uid(entry.target), person__uid=entry.actor or None, came=True)


def _uid(about: str) -> UUID:
    return UUID(about.partition(":")[2])
