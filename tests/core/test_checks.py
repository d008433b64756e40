"""The system check that keeps an old SQLite from being written by several processes."""

import pytest
from pytest_django import Settings

from trellis.core import checks


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_a_library_is_safe_when_the_logs_race_is_mended(version: tuple[int, int, int], safe: bool) -> None:
    assert checks.is_safe_for_processes(version) is safe


@pytest.fixture
def old_library(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A site on SQLite, with the library that Debian 12 carries."""
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "trellis.core.sqlite")


def test_several_processes_on_an_old_library_are_refused(old_library: None, settings: Settings) -> None:
    settings.TRELLIS_WORKERS = 2
    found = checks.sqlite_library(None)
    assert [error.id for error in found] == ["trellis.E001"]
    assert "TRELLIS_WORKERS=1" in str(found[0].hint)


def test_one_process_may_use_an_old_library(old_library: None, settings: Settings) -> None:
    settings.TRELLIS_WORKERS = 1
    assert checks.sqlite_library(None) == []


def test_postgresql_is_not_asked(old_library: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TRELLIS_WORKERS = 8
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    assert checks.sqlite_library(None) == []


def test_the_library_in_use_here_is_safe() -> None:
    assert checks.is_safe_for_processes(checks.sqlite3.sqlite_version_info), checks.sqlite3.sqlite_version
