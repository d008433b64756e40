"""Sessions from an .ics file: repeats, zones, exceptions, whole days; broken files; into the same plan as any table."""

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.exchange.catalogue.sheets_made import fates, plan_of, reasons
from tests.exchange.tables.files import stored
from tests.learning import offerings
from trellis.exchange.calendar.reader import is_calendar, read_calendar
from trellis.exchange.catalogue.actions import run_plan
from trellis.exchange.tables.place import TableError
from trellis.learning.models import Session

QUICK = settings(
    max_examples=200,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Our zone\nBEGIN:STANDARD\nDTSTART:20250101T000000\nTZOFFSETFROM:-0700\nTZOFFSETTO:-0700\n"
    "END:STANDARD\nEND:VTIMEZONE\n"
)
EVENT = {
    "UID": "a@example.org",
    "SUMMARY": "Story of self",
    "DTSTART;TZID=America/Denver": "20310305T183000",
    "DTEND;TZID=America/Denver": "20310305T200000",
    "LOCATION": "Hall",
}


def event(**more: str) -> str:
    """An event; a name with a zone is written START__America_Denver and the like by who needs it."""
    lines = {**EVENT, **more}
    return "BEGIN:VEVENT\n" + "".join(f"{name}:{value}\n" for name, value in lines.items() if value) + "END:VEVENT\n"


def calendar(*events: str) -> str:
    return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + ZONE + "".join(events) + "END:VCALENDAR\n"


def cells(folder: Path, *events: str) -> list[list[str]]:
    sheets = read_calendar(stored(folder, calendar(*events)), "our.ics")
    return [list(record.row.cells) for record in sheets.records]


def test_an_event_is_a_row_with_its_zone_and_place(tmp_path: Path) -> None:
    assert cells(tmp_path, event(URL="https://meet.example.org/1", DESCRIPTION="Bring a pen")) == [
        ["Story of self", "", "a@example.org", "2031-03-05 18:30", "2031-03-05 20:00", "America/Denver", "Hall",
         "https://meet.example.org/1", "Bring a pen", "planned"]
    ]  # fmt: skip


def test_an_event_that_repeats_is_a_row_for_each_time_without_its_exceptions(tmp_path: Path) -> None:
    rows = cells(
        tmp_path,
        event(**{"RRULE": "FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=America/Denver": "20310312T183000",
                 "RDATE;TZID=America/Denver": "20310401T090000"}),
        event(**{"RECURRENCE-ID;TZID=America/Denver": "20310319T183000", "STATUS": "CANCELLED",
                 "DTSTART;TZID=America/Denver": "20310320T183000", "DTEND;TZID=America/Denver": "20310320T200000"}),
    )  # fmt: skip
    assert [(row[3], row[2][-13:], row[-1]) for row in rows] == [
        ("2031-03-05 18:30", "20310305T1830", "planned"),
        ("2031-03-26 18:30", "20310326T1830", "planned"),
        ("2031-04-01 09:00", "20310401T0900", "planned"),
        ("2031-03-20 18:30", "20310320T1830", "cancelled"),
    ]


def test_zones_are_found_by_their_windows_names_descriptions_and_offsets(tmp_path: Path) -> None:
    none = {"DTSTART;TZID=America/Denver": "", "DTEND;TZID=America/Denver": ""}

    def starts(name: str, value: str) -> tuple[str, str]:
        row = cells(tmp_path, event(**none, **{name: value, "DURATION": "PT1H30M"}))[0]
        return row[3], row[5]

    assert starts("DTSTART;TZID=Eastern Standard Time", "20310305T183000") == ("2031-03-05 18:30", "America/New_York")
    assert starts("DTSTART;TZID=Our zone", "20310305T183000") == ("2031-03-05 18:30-0700", "")
    assert starts("DTSTART", "20310305T183000Z") == ("2031-03-05 18:30+0000", "")
    assert starts("DTSTART", "20310305T183000") == ("2031-03-05 18:30", "")


def test_a_zone_of_one_file_is_not_that_of_the_next_by_the_same_name(tmp_path: Path) -> None:
    none = {
        "DTSTART;TZID=America/Denver": "",
        "DTEND;TZID=America/Denver": "",
        "DTSTART;TZID=Our zone": "20310305T183000",
    }
    first = calendar(event(**none, DURATION="PT1H"))
    starts = []
    for text in (first, first.replace("-0700", "+0100")):
        starts.append(read_calendar(stored(tmp_path, text), "our.ics").sheets[0].records[0].row.cells[3])
    assert starts == ["2031-03-05 18:30-0700", "2031-03-05 18:30+0100"]


@pytest.mark.usefixtures("framework")
def test_a_calendar_goes_through_the_same_plan_and_twice_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = stored(tmp_path, calendar(event(RRULE="FREQ=WEEKLY;COUNT=3"), event(UID="b", SUMMARY="Read a budget")))
    plan = plan_of(path, cast, name="our.ics")
    assert fates(plan) == {"new": (2, 4)}
    run_plan(plan, by=cast.president)
    assert Session.objects.earliest("starts_at").starts_at == dt.datetime(2031, 3, 6, 1, 30, tzinfo=dt.UTC)
    assert {session.offering.minutes for session in Session.objects.all()} == {90}
    assert fates(plan_of(path, cast, name="our.ics")) == {"same": (2, 4)}


@pytest.mark.usefixtures("framework")
def test_events_that_cannot_be_are_refused_by_their_number(cast: Cast, tmp_path: Path) -> None:
    day = {"DTSTART;TZID=America/Denver": "", "DTEND;TZID=America/Denver": "", "DTSTART;VALUE=DATE": "20310305"}
    path = stored(
        tmp_path,
        calendar(
            event(**day),
            event(RRULE="FREQ=SECONDLY;COUNT=3"),
            event(SUMMARY=""),
            event(**{"DTEND;TZID=America/Denver": "x"}),
        ),
    )
    assert reasons(plan_of(path, cast, name="our.ics")) == [
        "event 1 (Starts): a session needs the time at which it starts, beside its day.",
        "event 2 (Starts): it repeats by a rule that is not known here (SECONDLY).",
        "event 3 (Title): the row names no offering that is there; a new one needs a title.",
        "event 4 (Starts): its dates cannot be read.",
    ]


@pytest.mark.usefixtures("framework")
def test_our_own_file_of_a_session_is_known_again(cast: Cast, tmp_path: Path) -> None:
    session = offerings.session(cast, place="Hall")
    client = Client()
    client.force_login(cast.persons["president"])
    content = client.get(reverse("calendar:session", kwargs={"uid": session.uid})).content
    plan = plan_of(stored(tmp_path, content), cast, name="session.ics")
    assert reasons(plan) == []
    assert fates(plan) == {"same": (1, 1)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT\nEND:X\n", "this calendar cannot be read"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "there is no event in this calendar"),
        (calendar(*(event(UID=f"{n}", RRULE="FREQ=DAILY;COUNT=200") for n in range(12))), "more than 2000 dates"),
        ("BEGIN:VCALENDAR\n" + "X" * 2_200_000, "larger than 2 MB"),
    ],
)  # fmt: skip
def test_a_calendar_that_is_broken_or_too_much_is_refused(content: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=said):
        read_calendar(stored(tmp_path, content), "our.ics")


def test_a_calendar_is_known_by_its_content(tmp_path: Path) -> None:
    assert is_calendar(stored(tmp_path, "\ufeff\r\nbegin:vcalendar\r\n"))
    assert not is_calendar(stored(tmp_path, "Title,Starts\n"))


scraps = st.sampled_from(
    ["", "\n", ":", ";", "=", "BEGIN:VEVENT\n", "END:VEVENT\n", "END:VCALENDAR\n", "0", "T", "Z", '"', "\\", "\x00",
     "RRULE:FREQ=DAILY;COUNT=3\n", "99999999", "DTSTART:20310305\n", ";TZID=", "UID:", "RDATE:",
     "EXDATE:20310305T000000Z\n"]
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 12), scraps), max_size=6))
@QUICK
def test_no_torn_calendar_does_more_than_be_refused(tmp_path: Path, tears: list[tuple[int, int, str]]) -> None:
    text = calendar(event(RRULE="FREQ=WEEKLY;COUNT=3"), event(UID="b", DURATION=""))
    for start, length, scrap in tears:
        text = text[:start] + scrap + text[start + length :]
    with suppress(TableError):
        read_calendar(stored(tmp_path, text), "our.ics")
