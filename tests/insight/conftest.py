"""Facts of every test lie in a folder of its own, and are about six themes: what is asked of one is asked of all."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.insight.association import Association, association
from trellis.insight.facts import themes
from trellis.insight.facts.themes import Themes, themes_in_use

_THEMES = 6


def _some_themes() -> Themes:
    found = themes_in_use()
    place_of = {key: place for key, place in found.place_of.items() if place < _THEMES}
    return Themes(found.columns[:_THEMES], place_of, found.comparable)


@pytest.fixture
def nation(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Association:
    """A small association without people, and nothing in its snapshot."""
    settings.TRELLIS_DATA = tmp_path
    monkeypatch.setattr(themes, "themes_in_use", _some_themes)
    return association()
