"""What ends when a directory takes a person out, at once, and what is as before when they come back. History stays."""

import datetime as dt
from typing import Any

from django.db.models import Q

from trellis.core import audit, clock
from trellis.exchange.models import DirectoryEntry
from trellis.exchange.scim.access import COMES_BACK, members_of
from trellis.people.models import Membership, Person, Term, within
from trellis.people.sessions import end_sessions


def depart(entry: DirectoryEntry, *, by: audit.Actor) -> None:
    """End all access through the affiliate, in the caller's transaction: memberships, terms, sessions, the account.

    The account of who belongs to another affiliate too, or holds a term there, stays open; what they had here ends with
    yesterday then, so that nothing of it can be seen from now on.
    """
    person, directory = entry.person, entry.directory
    own = within([directory.unit], "unit__")
    memberships = members_of(directory).filter(person=person)
    terms = Term.objects.filter(own, Q(ends=None) | Q(ends__gte=clock.today()), person=person)
    entry.ended = {"memberships": _last_days(memberships, "until"), "terms": _last_days(terms, "ends")}
    entry.ended_at, entry.is_active = clock.now(), False
    elsewhere = (
        Membership.objects.active(clock.today()).filter(~own, person=person).exists()
        or Term.objects.active(clock.today()).filter(~own, person=person).exists()
    )
    last = clock.today() - dt.timedelta(days=1) if elsewhere else clock.today()
    memberships.filter(since__gt=last).delete()
    memberships.update(until=last)
    terms.filter(starts__gt=last).delete()
    terms.update(ends=last)
    entry.closed = person.is_active and not elsewhere
    if entry.closed:
        Person.objects.filter(pk=person.pk).update(is_active=False)
        person.is_active = False
    entry.save(update_fields=["ended", "ended_at", "is_active", "closed"])
    counts = {kind: len(rows) for kind, rows in entry.ended.items()} | end_sessions(person)
    _note(entry, "end", by=by, closed=entry.closed, **counts)


def come_back(entry: DirectoryEntry, *, by: audit.Actor) -> None:
    """Give access again, in the caller's transaction: what the directory ended in the last 30 days is as it was."""
    person, again = entry.person, 0
    if entry.ended_at is not None and entry.ended_at >= clock.now() - COMES_BACK:
        again = _reopen(Membership.objects.filter(person=person), "until", entry.ended.get("memberships", []))
        again += _reopen(Term.objects.filter(person=person), "ends", entry.ended.get("terms", []))
    if entry.closed:
        Person.objects.filter(pk=person.pk).update(is_active=True)
        person.is_active = True
    entry.ended, entry.ended_at, entry.is_active, entry.closed = {}, None, True, False
    entry.save(update_fields=["ended", "ended_at", "is_active", "closed"])
    belong(entry)
    _note(entry, "back", by=by, reopened=again)


def belong(entry: DirectoryEntry) -> None:
    """Make the person a member of the affiliate from today, unless they are one, or of something inside it."""
    if not members_of(entry.directory).filter(person=entry.person).exists():
        Membership.objects.create(person=entry.person, unit=entry.directory.unit, since=clock.today())


def _last_days(rows: Any, field: str) -> list[list[Any]]:
    return [[key, day.isoformat() if day else None] for key, day in rows.order_by("pk").values_list("pk", field)]


def _reopen(rows: Any, field: str, ended: list[list[Any]]) -> int:
    """Give rows their last days back; those are left as they are that somebody has begun anew meanwhile."""
    today, again = clock.today(), 0
    names = ("unit_id",) if field == "until" else ("unit_id", "role_id")
    for key, day in ended:
        row = rows.filter(pk=key).first()
        if row is None or (day is not None and dt.date.fromisoformat(day) < today):
            continue
        same = {name: getattr(row, name) for name in names}
        if not rows.filter(**same).active(today).exclude(pk=key).exists():
            again += rows.filter(pk=key).update(**{field: day})
    return again


def _note(entry: DirectoryEntry, what: str, *, by: audit.Actor, **detail: object) -> None:
    detail["directory"] = str(entry.directory.uid)
    audit.record(by=by, action=f"exchange.directory.{what}", target=f"person:{entry.person.uid}", detail=detail)
