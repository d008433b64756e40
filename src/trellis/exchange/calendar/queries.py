"""What stands in a feed today: a person's own dates, or the sessions of a unit."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trellis.core import clock
from trellis.exchange.calendar.entries import Entry, check_in_entry, plain, session_entry, step_entry
from trellis.exchange.models import CalendarFeed
from trellis.growth.plan_queries import dated_steps, next_check_in
from trellis.learning.access import led_sessions, own_sign_ups, visible_sessions
from trellis.learning.models import OfferingStatus, Session, SignUpStatus
from trellis.people.models import Person, within

# What is past stays for a while: calendars are also looked back at, and a cancelled session is to be seen as such.
_BACK = dt.timedelta(days=60)
_MOST = 500


def entries_of(feed: CalendarFeed) -> list[Entry]:
    """Return what a feed holds, in order; its `person` and `unit` are fetched with it. Five queries at most."""
    if feed.unit is None:
        found = sorted(_own(feed.person), key=_moment)
    else:
        listed = visible_sessions(feed.person).filter(offering__status=OfferingStatus.LISTED)
        found = [session_entry(one) for one in _recent(listed.filter(within([feed.unit], "unit__")))]
    return list(plain(found)) if feed.is_plain else found


def name_of(feed: CalendarFeed) -> str:
    """Return what a calendar program calls it."""
    if feed.is_plain:
        return _("Trellis")
    return _("Trellis: %(unit)s") % {"unit": feed.unit.name} if feed.unit else _("Trellis: my dates")


def _own(person: Person) -> Iterator[Entry]:
    places = dict(
        own_sign_ups(person)
        .filter(status__in=(SignUpStatus.SEAT, SignUpStatus.WAITING, SignUpStatus.WALK_IN))
        .values_list("session_id", "status")
    )
    mine = Session.objects.filter(pk__in=places.keys()) | led_sessions(person)
    for session in _recent(mine.distinct()):
        yield session_entry(session, waits=places.get(session.pk) == SignUpStatus.WAITING)
    for step in dated_steps(person):
        if step.due_on is not None and step.session_id not in places:  # such a session stands there with its hour
            yield step_entry(step, step.due_on)
    day = next_check_in(person)
    if day is not None:
        yield check_in_entry(person, day)


def _recent(sessions: QuerySet[Session]) -> QuerySet[Session]:
    recent = sessions.filter(ends_at__gte=clock.now() - _BACK).select_related("offering")
    return recent.order_by("starts_at", "pk")[:_MOST]


def _moment(entry: Entry) -> tuple[dt.datetime, str]:
    starts = entry.starts
    if not isinstance(starts, dt.datetime):
        starts = dt.datetime.combine(starts, dt.time(), dt.UTC)
    return starts, entry.uid
