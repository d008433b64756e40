"""Dates and times in the spellings that people use; what has two meanings; and what nobody can read."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.exchange.catalogue.moments import (
    DateOrder,
    is_ambiguous,
    local_text,
    order_of,
    read_moment,
    read_times,
    zone_named,
)
from trellis.learning.zones import moment as placed

DAY, EVENING = dt.date(2026, 3, 5), dt.time(18, 30)
QUICK = settings(max_examples=300, deadline=None, database=None)

SPELLINGS = (
    "2026-03-05 18:30", "2026-03-05T18:30:00", "2026/3/5 6:30 PM", "2026-03-05 18h30", "March 5, 2026 6:30 p.m.",
    "Thursday, March 5th, 2026 at 6:30 pm", "Thu Mar 5 2026 6:30PM", "5 March 2026, 18:30", "5th of March 2026 18:30",
    "jueves 5 de marzo de 2026, 18:30 h", "5 de marzo del 2026 a las 6:30 p. m.", "6:30 PM, 3/5/2026", "3-5-26 18:30",
    "03.05.2026 18:30", "Mar. 5, 2026 – 6:30 pm", "5 MAR 2026 18:30:00.000",
)  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_day_and_a_time_are_read_however_they_are_written(text: str) -> None:
    assert read_moment(text, DateOrder.MONTH_FIRST) == (DAY, EVENING, None)


def test_the_order_decides_what_numbers_mean() -> None:
    assert read_moment("3/5/2026", DateOrder.MONTH_FIRST)[0] == dt.date(2026, 3, 5)
    assert read_moment("3/5/2026", DateOrder.DAY_FIRST)[0] == dt.date(2026, 5, 3)
    assert read_moment("25/3/2026", None)[0] == read_moment("3/25/2026", None)[0] == dt.date(2026, 3, 25)
    assert read_moment("5/5/2026", None)[0] == dt.date(2026, 5, 5)
    with pytest.raises(ValueError, match="can mean two days"):
        read_moment("3/5/2026", None)


def test_an_offset_is_kept_with_the_time() -> None:
    assert read_moment("2026-03-05T18:30Z", None)[2] == dt.UTC
    assert read_moment("2026-03-05 18:30-0700", None)[2] == dt.timezone(-dt.timedelta(hours=7))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:30", (dt.time(18, 30), None)),
        ("noon", (dt.time(12), None)),
        ("12 am", (dt.time(0), None)),
        ("6:30 – 8 pm", (dt.time(18, 30), dt.time(20))),
        ("11:30 - 1 pm", (dt.time(11, 30), dt.time(13))),
        ("9 am to 12:30 pm", (dt.time(9), dt.time(12, 30))),
        ("18:30 a 20:00", (dt.time(18, 30), dt.time(20))),
    ],
)
def test_times_and_spans_of_times_are_read(text: str, expected: tuple[dt.time, dt.time | None]) -> None:
    assert read_times(text) == expected


@pytest.mark.parametrize(
    "text", ["soon", "March 2026", "5 Maybe 2026", "31/31/2026", "2026-02-30", "0 pm", "13 pm", "24:00", "1999-01-01",
             "3/5/0226", "2026-03-05 18:30 or later", "20260305", "?"]
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_its_words(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"“{text}”")):
        read_moment(text, DateOrder.MONTH_FIRST)


def test_a_column_tells_its_order_when_one_of_its_dates_does() -> None:
    assert order_of(["3/5/2026", "4/2/2026"]) is None
    assert order_of(["3/5/2026", "3/25/2026"]) is DateOrder.MONTH_FIRST
    assert order_of(["25.3.2026", "2026-03-05", "March 5, 2026"]) is DateOrder.DAY_FIRST
    assert [is_ambiguous(text) for text in ("3/5/2026", "5/5/2026", "25/3/2026", "2026-03-05")] == [True, *[False] * 3]


@pytest.mark.parametrize(
    ("text", "zone"),
    [("America/Denver", "America/Denver"), ("america/denver", "America/Denver"), ("MT", "America/Denver"),
     ("Eastern Time", "America/New_York"), ("hora del pacífico", "America/Los_Angeles"), ("UTC", "UTC")],
)  # fmt: skip
def test_zones_have_the_names_that_people_give_them(text: str, zone: str) -> None:
    assert zone_named(text) == zone


moments = st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001


@given(moments, st.sampled_from(["America/Denver", "America/New_York", "Pacific/Honolulu", "UTC", "Europe/Berlin"]))
@QUICK
def test_what_our_tables_say_is_read_back_to_the_minute(moment: dt.datetime, zone: str) -> None:
    moment = moment.replace(second=0, microsecond=0)
    day, time, offset = read_moment(local_text(moment, zone), None)
    assert day is not None
    assert time is not None
    back = dt.datetime.combine(day, time, offset) if offset else placed(day, time, zone)
    assert back == moment


@given(st.text(max_size=40), st.sampled_from([None, *DateOrder]))
@QUICK
def test_no_text_does_more_than_be_refused(text: str, order: DateOrder | None) -> None:
    for read in (lambda: read_moment(text, order), lambda: read_times(text), lambda: zone_named(text)):
        try:
            read()
        except ValueError as error:
            said = str(error)
        else:
            said = "read"
        assert said
