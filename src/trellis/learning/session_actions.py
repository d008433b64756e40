"""What who arranges does with sessions: plan, change, cancel. Each is atomic and leaves an audit row."""

import datetime as dt
import zoneinfo
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.letters import write_letters
from trellis.learning.models import LetterKind, Offering, Session, SessionLead, SessionStatus, SignUp, SignUpStatus
from trellis.learning.models.session import new_attendance_key
from trellis.learning.waiting_list import fill_seats
from trellis.people.models import Person, Unit


@dataclass(frozen=True, slots=True)
class SessionContent:
    """What is said about a session: aware moments, and the name of the zone in which they are shown."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    place: str = ""
    link: str = ""
    seats: int | None = None
    sign_up_until: dt.datetime | None = None
    note: str = ""
    key: str = ""


_FIELDS = ("starts_at", "ends_at", "zone", "place", "link", "seats", "sign_up_until", "note", "key")
# What people with a seat have to know at once.
_TOLD = {"starts_at", "ends_at", "place", "link"}
_HELD = (SignUpStatus.SEAT, SignUpStatus.WAITING)


@transaction.atomic
def plan_session(
    offering: Offering,
    content: SessionContent,
    *,
    unit: Unit,
    by: audit.Actor | None,
    leads: Collection[Person] = (),
) -> Session:
    """Plan a session of an offering for the unit that arranges it, led by these people.

    Raises ValidationError (by field where there is one) for times in the wrong order, a zone that nobody knows, no
    seats, or a key that the unit has used already.
    """
    session = Session(offering=offering, unit=unit)
    _fill_in(session, content)
    session.save()
    _set_leads(session, leads)
    _note(session, "plan", by=by, offering=str(offering.uid))
    return session


@transaction.atomic
def change_session(
    session: Session,
    content: SessionContent,
    *,
    by: audit.Actor | None,
    leads: Collection[Person] | None = None,
    unit: Unit | None = None,
) -> Session:
    """Change a session, and who leads it when that is said; who has a seat or waits is told of a new time or place.

    The revision goes up by one when anything changed; more seats go to who waits. Raises ValidationError as
    `plan_session` does, for a cancelled session, and when more people have a seat than there would be.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.is_cancelled:
        raise ValidationError(_("This session is cancelled. Plan it anew instead."))
    before = {name: getattr(session, name) for name in _FIELDS} | {"unit": session.unit_id}
    session.unit = unit or session.unit
    _fill_in(session, content)
    taken = session.sign_ups.filter(status=SignUpStatus.SEAT).count()
    if content.seats is not None and content.seats < taken:
        message = _("%(taken)d people have a seat already, so there cannot be fewer seats.") % {"taken": taken}
        raise ValidationError({"seats": message})
    after = {name: getattr(session, name) for name in _FIELDS} | {"unit": session.unit_id}
    changed = {name for name in after if before[name] != after[name]}
    if changed:
        session.revision += 1
        session.changed_at = clock.now()
        session.save()
        _note(session, "change", by=by, changed=sorted(changed), revision=session.revision)
    if leads is not None:
        _set_leads(session, leads, by=by)
    if changed & _TOLD and not session.is_over:
        _tell(session, LetterKind.CHANGED)
    if "starts_at" in changed:
        session.sign_ups.update(reminded_at=None)
    fill_seats(session)
    return session


@transaction.atomic
def cancel_session(session: Session, *, by: audit.Actor | None) -> Session:
    """Cancel a session for good and tell everybody who has a seat or waits; what they need is forgotten at once.

    Raises ValidationError when it is cancelled already, or has begun.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.is_cancelled:
        raise ValidationError(_("This session is cancelled already."))
    if session.has_begun:
        raise ValidationError(_("This session has begun, so it cannot be cancelled any more."))
    session.status, session.changed_at = SessionStatus.CANCELLED, clock.now()
    session.revision += 1
    session.save(update_fields=["status", "changed_at", "revision"])
    _tell(session, LetterKind.CANCELLED)
    session.sign_ups.update(needs="", children=0)
    _note(session, "cancel", by=by, revision=session.revision)
    return session


@transaction.atomic
def rotate_attendance_key(session: Session, *, by: audit.Actor | None) -> Session:
    """Draw a new code for the wall; a picture of the old one leads nowhere from now on."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    session.attendance_key = new_attendance_key()
    session.save(update_fields=["attendance_key"])
    _note(session, "new_code", by=by)
    return session


def _fill_in(session: Session, content: SessionContent) -> None:
    for name in _FIELDS:
        setattr(session, name, getattr(content, name))
    if content.zone not in zoneinfo.available_timezones():
        raise ValidationError({"zone": _("There is no time zone of this name.")})
    if content.seats == 0:
        raise ValidationError({"seats": _("Leave this empty for as many as come, or write at least 1.")})
    if content.ends_at <= content.starts_at:
        raise ValidationError({"ends_at": _("It must end after it starts.")})
    if content.sign_up_until is not None and content.sign_up_until > content.ends_at:
        raise ValidationError({"sign_up_until": _("People sign up before the session, not after it.")})
    if content.key and session.unit.sessions.filter(key=content.key).exclude(pk=session.pk).exists():
        raise ValidationError({"key": _("Your unit uses this number already.")})
    session.full_clean(exclude=["offering", "unit"])


def _set_leads(session: Session, leads: Collection[Person], *, by: audit.Actor | None = None) -> None:
    wanted = {person.pk for person in leads}
    held = set(session.leads.values_list("person_id", flat=True))
    session.leads.exclude(person_id__in=wanted).delete()
    SessionLead.objects.bulk_create(SessionLead(session=session, person_id=pk) for pk in sorted(wanted - held))
    if by is not None and wanted != held:
        _note(session, "leads", by=by, leads=len(wanted))


def _tell(session: Session, kind: LetterKind) -> None:
    write_letters(SignUp.objects.filter(session=session, status__in=_HELD), kind)


def _note(session: Session, what: str, *, by: audit.Actor | None, **detail: object) -> None:
    audit.record(by=by, action=f"learning.session.{what}", target=f"session:{session.uid}", detail=detail)
