"""Reads sessions from an .ics file as records of a table, so that they are planned and shown like any other."""

import datetime as dt
import hashlib
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.timezone import tzp

from trellis.exchange.calendar.repeats import MOST, occurrences
from trellis.exchange.catalogue.columns import BY_KEY
from trellis.exchange.catalogue.sheets import Refusal, Sheet, Sheets, together
from trellis.exchange.tables.mapping import Header, Record
from trellis.exchange.tables.place import Place, TableError
from trellis.exchange.tables.row import Row

MOST_BYTES = 2 * 1024 * 1024
MOST_EVENTS = 2_000
_KEYS = ("title", "session_uid", "session_key", "starts", "ends", "zone", "place", "link", "note", "session_status")
_LONGEST_KEY = 60
# icalendar keeps the zones that a file describes for every later file; "Our zone" of one is not that of another.
_READING = threading.Lock()
_BEGINS = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)


def is_calendar(path: Path) -> bool:
    """Say whether a file is a calendar, by its content."""
    with path.open("rb") as file:
        return _BEGINS.match(file.read(200).removeprefix(b"\xef\xbb\xbf")) is not None


def read_calendar(path: Path, name: str) -> Sheets:
    """Return the events of a calendar as records, one for each time that they take place.

    An event that cannot be read is refused by itself. Raises TableError for a file that is no calendar, or too much.
    """
    events = _events(path, name)
    if not events:
        raise TableError(_("there is no event in this calendar."), Place(name))
    header = Header(
        Row("", 0, [str(BY_KEY[key].label) for key in _KEYS]),
        {key: place for place, key in enumerate(_KEYS)},
        of_events=True,
    )
    records: list[Record] = []
    refused: list[Refusal] = []
    moved = {
        (str(event.get("UID", "")), _instant(event, "RECURRENCE-ID")) for event in events if "RECURRENCE-ID" in event
    }
    for number, event in enumerate(events, 1):
        try:
            cells = list(_cells(event, moved))
        except ValueError as error:
            record = Record(name, header, Row("", number, [str(event.get("SUMMARY", ""))]))
            refused.append(Refusal(record, record.place("starts"), str(error)))
            continue
        records += [Record(name, header, Row("", number, each)) for each in cells]
        if len(records) > MOST_EVENTS:
            raise TableError(_("the calendar has more than %(most)d dates.") % {"most": MOST_EVENTS}, Place(name))
    return together(name, [Sheet(header, tuple(records))], [], refused)


def _events(path: Path, name: str) -> list[Event]:
    if path.stat().st_size > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise TableError(_("the calendar is larger than %(most)d MB.") % {"most": most}, Place(name))
    try:
        with _READING, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about zones that are guessed from their longer names
            tzp.use_default()
            calendars = Calendar.from_ical(path.read_bytes(), multiple=True)
        found = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        return [event for event in found if isinstance(event, Event)]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # icalendar says in all of these ways that a file is broken.
        raise TableError(_("this calendar cannot be read. Export it again."), Place(name)) from error


def _cells(event: Event, moved: set[tuple[str, dt.datetime | None]]) -> Iterator[Sequence[str]]:
    """Yield the cells of each time that an event takes place; raises ValueError for one that cannot be read."""
    uid = str(event.get("UID", ""))
    try:
        starts, ends = event.start, event.end
    except ValueError as error:
        raise ValueError(_("its dates cannot be read.")) from error
    if not isinstance(starts, dt.datetime):
        # Refused where rows are read, with the words that any row without a time of day gets.
        yield _row(event, uid, starts.isoformat(), "", "")
        return
    if not isinstance(ends, dt.datetime):
        raise ValueError(_("its start and its end do not go together."))
    took = _plain(ends, starts) - _plain(starts, starts)
    times = _times(event, starts)
    for moment in times:
        if len(times) > 1 and (uid, _utc(moment)) in moved:
            continue  # that one has an event of its own
        key = uid if len(times) == 1 and "RECURRENCE-ID" not in event else f"{uid}/{moment:%Y%m%dT%H%M}"
        zone = str(getattr(moment.tzinfo, "key", ""))
        yield _row(event, key, _text(moment, zone), _text(moment + took, zone), zone)


def _row(event: Event, key: str, starts: str, ends: str, zone: str) -> Sequence[str]:
    own = _own_uid(key)
    # What our own file says beside that is for people, and not what was put in here once.
    cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    return [
        str(event.get("SUMMARY", "")),
        str(own) if own else "",
        "" if own else _short(key),
        starts,
        ends,
        zone if zone != "UTC" else "",
        str(event.get("LOCATION", ""))[:200],
        "" if own else _address(event),
        "" if own else str(event.get("DESCRIPTION", ""))[:500],
        "cancelled" if cancelled else "planned",
    ]


def _times(event: Event, starts: dt.datetime) -> list[dt.datetime]:
    rules = event.rrules
    if len(rules) > 1:
        raise ValueError(_("it repeats by more than one rule."))
    found = occurrences(starts, rules[0]) if rules else [starts]
    added = [each[0] if isinstance(each, tuple) else each for each in event.rdates]
    left_out = {_utc(each) for each in event.exdates if isinstance(each, dt.datetime)}
    days_left_out = {each for each in event.exdates if not isinstance(each, dt.datetime)}
    every = {_utc(each): each for each in (*found, *added) if isinstance(each, dt.datetime)}
    if len(every) > MOST:
        raise ValueError(_("it repeats more than %(most)d times.") % {"most": MOST})
    kept = [(at, each) for at, each in every.items() if at not in left_out and each.date() not in days_left_out]
    return [each for _at, each in sorted(kept, key=lambda pair: pair[0])]


def _instant(event: Event, name: str) -> dt.datetime | None:
    value = getattr(event.get(name), "dt", None)
    return _utc(value) if isinstance(value, dt.datetime) else None


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _plain(moment: dt.datetime, like: dt.datetime) -> dt.datetime:
    """Return a moment that can be counted with: in UTC, or by the clock where the start has no zone."""
    return _utc(moment) if like.tzinfo and moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _text(moment: dt.datetime, zone: str) -> str:
    """Return a moment as a table has it: by the clock of a zone that is known, else with its offset from UTC."""
    if moment.tzinfo is None or (zone and zone != "UTC"):
        return f"{moment:%Y-%m-%d %H:%M}"
    return f"{moment:%Y-%m-%d %H:%M%z}"


def _own_uid(key: str) -> UUID | None:
    try:
        return UUID(key.removeprefix("session-")) if key.startswith("session-") else None
    except ValueError:
        return None


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else f"ics-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _address(event: Event) -> str:
    """Return where it meets online, when the event says so with an address."""
    for name in ("X-GOOGLE-CONFERENCE", "CONFERENCE", "URL"):
        value: Any = event.get(name)
        if isinstance(value, list):
            value = value[0]
        if value is not None and str(value).startswith(("https://", "http://")):
            return str(value)[:300]
    return ""
