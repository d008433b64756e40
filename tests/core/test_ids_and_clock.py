"""Identifiers are random, and time comes from one place that a test can hold."""

import datetime as dt

import pytest
from django.utils import timezone

from trellis.core import clock
from trellis.core.ids import new_uid


def test_uids_are_random_and_differ() -> None:
    minted = {new_uid() for _ in range(100)}
    assert len(minted) == 100
    assert {uid.version for uid in minted} == {4}


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == dt.timedelta(0)


def test_today_is_the_date_where_the_association_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 1, 1, 3, tzinfo=dt.UTC))
    with timezone.override("America/Chicago"):
        assert clock.today() == dt.date(2025, 12, 31)
    with timezone.override("UTC"):
        assert clock.today() == dt.date(2026, 1, 1)
