"""Moments in zones: there and back again, times that clocks skip, and how they are said."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trellis.core import clock
from trellis.learning.models import Session
from trellis.learning.when import day_of, hours_of, short, there
from trellis.learning.zones import NoSuchTimeError, moment, zone_choices, zone_name

ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})


@given(st.sampled_from(ZONES), st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)), st.times())
def test_a_moment_shows_the_time_that_was_meant(zone: str, day: dt.date, time: dt.time) -> None:
    try:
        found = there(moment(day, time, zone), zone)
    except NoSuchTimeError:
        return
    assert (found.date(), found.time().replace(fold=0)) == (day, time)


def test_a_time_that_the_clocks_skip_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    with pytest.raises(NoSuchTimeError):
        moment(dt.date(2027, 3, 14), dt.time(2, 30), "America/Denver")
    twice = moment(dt.date(2026, 11, 1), dt.time(1, 30), "America/Denver")
    assert twice == dt.datetime(2026, 11, 1, 7, 30, tzinfo=dt.UTC)


def test_zones_have_the_names_that_people_use() -> None:
    assert [zone_name(zone) for zone in ("America/Denver", "Europe/Berlin", "America/Mexico_City", "UTC")] == [
        "Mountain time", "Berlin time", "Mexico City time", "UTC",
    ]  # fmt: skip
    known = [value for value, label in zone_choices() if isinstance(label, str)]
    assert "America/Denver" in known
    assert len(set(known)) == len(known)


def a_session(*, hours: float = 1.5) -> Session:
    starts = dt.datetime(2026, 12, 9, 1, 0, tzinfo=dt.UTC)  # the evening of the eighth in Denver
    return Session(starts_at=starts, ends_at=starts + dt.timedelta(hours=hours), zone="America/Denver")


def test_a_session_is_said_by_its_own_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    assert day_of(a_session()) == "Tuesday, Dec. 8, 2026"
    assert hours_of(a_session()) == "6 p.m. to 7:30 p.m., Mountain time"
    assert hours_of(a_session(hours=24)) == "6 p.m. until Wednesday, Dec. 9, 2026, 6 p.m., Mountain time"
    assert short(a_session()) == "Tue, December 8, 6 p.m., Mountain time"
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2027, 2, 1, tzinfo=dt.UTC))
    assert short(a_session()) == "Tue, Dec. 8, 2026, 6 p.m., Mountain time"


def test_in_spanish_too() -> None:
    with translation.override("es"):
        assert day_of(a_session()).startswith("martes, 8 de diciembre de 2026")
