"""`trellis daily`: every job runs, and one that fails stops no other."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from trellis.core.registry import DailyJob, daily_jobs


@pytest.fixture
def jobs() -> Iterator[list[dt.date]]:
    """Two jobs: one that fails, and one after it that notes the day."""
    seen: list[dt.date] = []

    def fails(on: dt.date) -> str:
        raise RuntimeError("out of paper")

    def works(on: dt.date) -> str:
        seen.append(on)
        return "noted"

    daily_jobs.register(DailyJob("a-test-fails", fails, order=98))
    daily_jobs.register(DailyJob("a-test-works", works, order=99))
    yield seen
    daily_jobs.unregister("a-test-fails")
    daily_jobs.unregister("a-test-works")


def test_a_job_that_fails_stops_no_other_and_is_named(
    db: None, jobs: list[dt.date], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="failed: a-test-fails"):
        call_command("daily")
    assert len(jobs) == 1
    assert "a-test-works: noted" in capsys.readouterr().out
