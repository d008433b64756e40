"""What a person does with their feeds: open, draw a new address, hide titles, remove. Each leaves an audit row."""

from dataclasses import dataclass

from django.db import transaction

from trellis.core import audit, clock
from trellis.core.sealing import digest
from trellis.exchange.models import CalendarFeed
from trellis.exchange.models.calendar_feed import new_token
from trellis.people.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed and the secret part of its address, which is told once and kept nowhere."""

    feed: CalendarFeed
    token: str


@transaction.atomic
def open_feed(*, unit: Unit | None, is_plain: bool, by: Person) -> Opened:
    """Make a feed of one's own dates, or of a unit's sessions, with a new address; an old address leads nowhere now.

    The unit must come from `access.offered_units(by)`.
    """
    token = new_token()
    made = {"digest": digest(token), "is_plain": is_plain, "fetched_on": None, "content": "", "changed_at": clock.now()}
    feed, is_new = CalendarFeed.objects.update_or_create(person=by, unit=unit, defaults=made)
    _note(feed, "open" if is_new else "rotate", by=by)
    return Opened(feed, token)


@transaction.atomic
def change_titles(feed: CalendarFeed, *, is_plain: bool, by: Person) -> None:
    """Show what entries are about, or only that there is something; calendars take it over when they next ask."""
    feed.is_plain = is_plain
    feed.save(update_fields=["is_plain"])
    _note(feed, "titles", by=by, plain=is_plain)


@transaction.atomic
def remove_feed(feed: CalendarFeed, *, by: Person) -> None:
    """Delete a feed: its address leads nowhere from now on."""
    _note(feed, "remove", by=by)
    feed.delete()


def note_fetch(feed: CalendarFeed, *, content: str) -> None:
    """Write down the day of a fetch, and when what is sent has changed; nothing more is kept of who asked."""
    fields = []
    if feed.content != content:
        feed.content, feed.changed_at = content, clock.now().replace(microsecond=0)
        fields += ["content", "changed_at"]
    if feed.fetched_on != clock.today():
        feed.fetched_on = clock.today()
        fields.append("fetched_on")
    if fields:
        feed.save(update_fields=fields)


def _note(feed: CalendarFeed, what: str, *, by: Person, **detail: object) -> None:
    unit = {"unit": str(feed.unit.uid)} if feed.unit is not None else {}
    audit.record(by=by, action=f"exchange.calendar.{what}", target=f"person:{by.uid}", detail=unit | detail)
