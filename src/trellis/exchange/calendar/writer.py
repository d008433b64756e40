"""Writes entries as iCalendar (RFC 5545): the same bytes for the same entries, and as calendar programs want them."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence

from icalendar import Calendar, Event, vText

from trellis.exchange.calendar.entries import Entry

MIME = "text/calendar; charset=utf-8"
_PRODUCT = "-//Trellis//Learning//EN"
# How often a program should look again: nothing here is urgent, and mails tell what is.
_AGAIN = dt.timedelta(hours=12)
_YEAR = dt.timedelta(days=366)


def calendar_bytes(name: str, entries: Sequence[Entry]) -> bytes:
    """Return a calendar of this name; every zone that occurs is described in it once."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(" ".join(name.split())))
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _AGAIN)
    for entry in entries:
        calendar.add_component(_event(entry))
    days = [_day(entry) for entry in entries]
    if days:
        # Whole years around, so that the description of a zone changes once a year and not with every session.
        first, last = min(days) - _YEAR, max(days) + _YEAR
        calendar.add_missing_timezones(dt.date(first.year, 1, 1), dt.date(last.year + 1, 1, 1))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    event.add("sequence", entry.revision)
    event.add("summary", entry.title)
    if isinstance(entry.starts, dt.datetime) and entry.ends is not None:
        zone = zoneinfo.ZoneInfo(entry.zone)
        event.add("dtstart", entry.starts.astimezone(zone).replace(microsecond=0))
        event.add("dtend", entry.ends.astimezone(zone).replace(microsecond=0))
    else:
        event.add("dtstart", entry.starts)
    event.add("status", entry.status.value)
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    event.add("class", "PRIVATE")
    for key, value in (("location", entry.place), ("description", entry.description), ("url", entry.address)):
        if value:
            event.add(key, value)
    return event


def _day(entry: Entry) -> dt.date:
    return entry.starts.date() if isinstance(entry.starts, dt.datetime) else entry.starts
