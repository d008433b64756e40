"""Static files are gathered when they have changed, and only then."""

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from trellis.web.staticfiles import gather


@pytest.fixture
def source(tmp_path: Path, settings: Settings) -> Path:
    """A folder with one static file, the only one that there is."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "one.css").write_text("a { color: red }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [folder]
    settings.STATIC_ROOT = tmp_path / "gathered"
    return folder


def gathered(settings: Settings) -> dict[str, str]:
    folder = Path(settings.STATIC_ROOT)
    return {path.name: path.read_text() for path in folder.iterdir() if path.suffix == ".css"}


def test_a_second_start_gathers_nothing(source: Path, settings: Settings) -> None:
    assert gather()
    assert gathered(settings) == {"one.css": "a { color: red }"}
    assert not gather()


def test_a_changed_a_new_or_a_missing_file_is_noticed(source: Path, settings: Settings) -> None:
    gather()
    (source / "one.css").write_text("a { color: blue }")
    assert gather()
    (source / "two.css").write_text("b {}")
    assert gather()
    assert gathered(settings) == {"one.css": "a { color: blue }", "two.css": "b {}"}
    (source / "one.css").unlink()
    assert gather()
    assert gathered(settings) == {"two.css": "b {}"}
    assert not gather()


def test_a_change_of_the_same_length_is_noticed_by_its_time(source: Path, settings: Settings) -> None:
    gather()
    before = (source / "one.css").stat().st_mtime_ns
    (source / "one.css").write_text("a { color: tan }")
    os.utime(source / "one.css", ns=(before + 1_000_000, before + 1_000_000))
    assert gather()
    assert gathered(settings) == {"one.css": "a { color: tan }"}


def test_gathering_that_was_cut_short_is_done_again(source: Path, settings: Settings) -> None:
    gather()
    (Path(settings.STATIC_ROOT) / ".gathered").unlink()
    assert gather()
