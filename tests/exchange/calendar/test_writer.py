"""Calendars that we write, read by two programs that are not ours: zones, commas, cancelled and tentative ones."""

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from icalendar.timezone import tzp

from trellis.exchange.calendar.entries import Entry, Status
from trellis.exchange.calendar.writer import calendar_bytes

DENVER = zoneinfo.ZoneInfo("America/Denver")
QUICK = settings(max_examples=60, deadline=None, database=None)


def local(text: str, zone: zoneinfo.ZoneInfo = DENVER) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def entry(**more: object) -> Entry:
    made = {
        "uid": "session-1",
        "starts": local("2026-03-05T18:30").astimezone(dt.UTC),
        "ends": local("2026-03-05T20:00").astimezone(dt.UTC),
        "zone": "America/Denver",
        "title": "Story of self; us, now",
        "changed_at": dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC),
        "place": "Hall, room 2",
        "description": "Bring:\n- a pen\\pencil",
        "address": "https://trellis.example.org/learn/session/1/",
        "revision": 3,
    }
    return Entry(**(made | more))  # type: ignore[arg-type]


def test_another_program_reads_what_we_meant() -> None:
    read = IcsCalendarStream.calendar_from_ics(calendar_bytes("Trellis: Riverside", [entry()]).decode())
    (event,) = read.events
    assert (event.uid, event.summary, event.location) == ("session-1", "Story of self; us, now", "Hall, room 2")
    assert (event.dtstart, event.dtend) == (local("2026-03-05T18:30"), local("2026-03-05T20:00"))
    assert event.description == "Bring:\n- a pen\\pencil"
    assert (event.sequence, event.status, event.transparency) == (3, "CONFIRMED", "OPAQUE")
    assert event.dtstamp == dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    assert event.url == "https://trellis.example.org/learn/session/1/"


def test_each_zone_is_described_once_and_named_in_its_times() -> None:
    text = calendar_bytes("x", [entry(uid=f"session-{n}") for n in range(3)]).decode()
    assert text.count("BEGIN:VTIMEZONE") == text.count("TZID:America/Denver") == 1
    assert "DTSTART;TZID=America/Denver:20260305T183000" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "lines are folded"


@pytest.mark.parametrize(
    "zone", ["America/Denver", "America/New_York", "Europe/Berlin", "America/Phoenix", "Pacific/Honolulu"]
)
@pytest.mark.parametrize(
    "day",
    [
        "2026-03-08T01:30",
        "2026-03-08T03:30",
        "2026-03-09T09:00",
        "2026-07-01T09:00",
        "2026-11-01T03:30",
        "2026-12-31T23:30",
    ],
)
def test_times_hold_around_the_days_when_clocks_are_set(zone: str, day: str) -> None:
    """The description of a zone is used, not its name: as by a program that knows no names."""
    there = zoneinfo.ZoneInfo(zone)
    starts = local(day, there).astimezone(dt.UTC)
    made = entry(starts=starts, ends=starts + dt.timedelta(hours=1), zone=zone)
    text = calendar_bytes("x", [made]).decode().replace(zone, "Unknown/Place")
    tzp.use_default()  # it remembers what other tests have called by this name
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event.start.astimezone(dt.UTC) == starts
    assert event.end.astimezone(dt.UTC) == starts + dt.timedelta(hours=1)


def test_a_whole_day_has_no_time_and_keeps_nobody_busy() -> None:
    step = entry(starts=dt.date(2026, 3, 5), ends=None, zone="", is_busy=False)
    read = IcsCalendarStream.calendar_from_ics(calendar_bytes("x", [step]).decode())
    assert (read.events[0].dtstart, read.events[0].transparency) == (dt.date(2026, 3, 5), "TRANSPARENT")
    assert "DTSTART;VALUE=DATE:20260305" in calendar_bytes("x", [step]).decode()


@pytest.mark.parametrize("status", Status)
def test_the_status_is_the_standards_own_word(status: Status) -> None:
    read = IcsCalendarStream.calendar_from_ics(calendar_bytes("x", [entry(status=status)]).decode())
    assert read.events[0].status == status.value


def test_the_same_entries_give_the_same_bytes_and_a_change_gives_others() -> None:
    assert calendar_bytes("x", [entry()]) == calendar_bytes("x", [entry()])
    assert calendar_bytes("x", [entry()]) != calendar_bytes("x", [entry(revision=4)])
    assert IcsCalendarStream.calendar_from_ics(calendar_bytes("x", []).decode()).events == []


words = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=80)


@given(words.map(str.strip).filter(bool), words.map(str.strip))
@QUICK
def test_any_words_come_through_and_none_becomes_a_line_of_its_own(title: str, place: str) -> None:
    text = calendar_bytes(title, [entry(title=title, place=place, description=title)]).decode()
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
    assert str(event.get("LOCATION", "")) == place
    assert text.count("\r\nUID:") == 1
