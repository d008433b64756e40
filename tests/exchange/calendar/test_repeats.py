"""When repeating events take place, beside what dateutil says; and the rules that are refused by name."""

import datetime as dt
import zoneinfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from trellis.exchange.calendar.repeats import occurrences

DENVER = zoneinfo.ZoneInfo("America/Denver")
FIRST = dt.datetime(2026, 3, 3, 18, 30, tzinfo=DENVER)  # a Tuesday, before clocks are set
QUICK = settings(max_examples=300, deadline=None, database=None)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def when(rule: str, first: dt.datetime = FIRST) -> list[dt.datetime]:
    return occurrences(first, vRecur.from_ical(rule))


def theirs(rule: str, first: dt.datetime = FIRST) -> list[dt.datetime]:
    """What dateutil says, by the clock of the place; the first always counts."""
    found = list(rrulestr(rule, dtstart=first.replace(tzinfo=None))[:200])
    return [moment.replace(tzinfo=DENVER) for moment in found]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;COUNT=5", "FREQ=DAILY;INTERVAL=3;COUNT=5", "FREQ=WEEKLY;COUNT=6", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=7",
     "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=6", "FREQ=MONTHLY;COUNT=4", "FREQ=MONTHLY;BYDAY=1TU;COUNT=5",
     "FREQ=MONTHLY;BYDAY=-1FR,1TU;COUNT=6", "FREQ=MONTHLY;BYMONTHDAY=3,-1;COUNT=6", "FREQ=YEARLY;COUNT=3",
     "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1TU;COUNT=4", "FREQ=WEEKLY;UNTIL=20260401T000000", "FREQ=DAILY;BYDAY=TU,WE;COUNT=4",
     "FREQ=DAILY;BYMONTH=3;COUNT=40"],
)  # fmt: skip
def test_usual_rules_give_what_another_program_gives(rule: str) -> None:
    assert when(rule) == theirs(rule)


def test_the_hour_stays_when_clocks_are_set_and_a_day_as_the_end_is_included() -> None:
    assert {moment.hour for moment in when("FREQ=WEEKLY;COUNT=4")} == {18}
    assert len(when("FREQ=DAILY;UNTIL=20260305")) == 3
    assert len(when("FREQ=DAILY;UNTIL=20260306T013000Z")) == 3, "half past six in Denver"


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.integers(1, 30),
    st.lists(st.sampled_from(DAYS), max_size=3, unique=True),
    st.sampled_from(["", ";WKST=SU", ";WKST=MO", ";BYMONTH=3", ";BYMONTH=3,7"]),
)
@QUICK
def test_any_rule_of_the_known_kinds_gives_what_another_program_gives(
    frequency: str, every: int, most: int, days: list[str], more: str
) -> None:
    by_day = f";BYDAY={','.join(days)}" if days and (frequency != "YEARLY" or "BYMONTH" in more) else ""
    rule = f"FREQ={frequency};INTERVAL={every};COUNT={most}{by_day}{more}"
    expected = theirs(rule)
    if not expected or expected[0] != FIRST:  # the standard leaves open what then holds; here the first counts
        expected = [FIRST, *expected][:most]
    assert when(rule) == [moment for moment in expected if moment.year <= 2100]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY", "without an end"),
        ("FREQ=DAILY;COUNT=5000", "more than 200 times"),
        ("FREQ=HOURLY;COUNT=5", r"not known here \(HOURLY\)"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=3", r"not known here \(BYSETPOS\)"),
        ("FREQ=YEARLY;BYWEEKNO=20;COUNT=3", r"not known here \(BYWEEKNO\)"),
        ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", r"not known here \(YEARLY, BYDAY\)"),
        ("FREQ=WEEKLY;BYDAY=1TU;COUNT=3", r"not known here \(BYDAY=1TU\)"),
        ("FREQ=WEEKLY;INTERVAL=99999;COUNT=3", "not known here"),
    ],
)
def test_other_rules_are_refused_by_name(rule: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        when(rule)
