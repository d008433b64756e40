"""What a generation of facts says of itself: when it was made, its waves, its themes and its groups."""

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """A wave in the facts; `on` is the day at which places and groups were looked up, `frozen` that it is closed.

    `responses` is how many of its responses the facts hold, 0 where that was not counted.
    """

    key: int
    code: str
    name: str
    opens_on: dt.date
    closes_on: dt.date
    on: dt.date
    frozen: bool
    responses: int = 0


@dataclass(frozen=True, slots=True)
class ThemeColumn:
    """A column of answers, and the theme in the newest edition that has it."""

    column: str
    code: str
    uid: str
    domain: str


@dataclass(frozen=True, slots=True)
class AttributeColumn:
    """A column of groups; group 0 is not known, the others are counted from 1 in this order."""

    code: str
    groups: tuple[str, ...]
    lowest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about a generation that is not in its tables.

    `comparable` are pairs of editions and a column whose statements have the same wording in both; `marks` are what the
    next snapshot compares the database with.
    """

    generation: int
    made_at: str
    key_mark: str
    waves: tuple[WaveFacts, ...]
    themes: tuple[ThemeColumn, ...]
    attributes: tuple[AttributeColumn, ...]
    roles: Mapping[int, str] = field(default_factory=dict)
    comparable: tuple[tuple[int, int, str], ...] = ()
    rows: int = 0
    synthetic: bool = False
    marks: Mapping[str, Any] = field(default_factory=dict)

    def wave(self, code: str) -> WaveFacts:
        """Return the wave of that code; raises LookupError when the facts do not hold it."""
        for wave in self.waves:
            if wave.code == code:
                return wave
        raise LookupError(f"the facts hold no wave {code!r}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of answers, in the order of the themes."""
        return tuple(theme.column for theme in self.themes)


def dump(manifest: Manifest) -> str:
    """Return the manifest as the text of its file."""
    return json.dumps(dataclasses.asdict(manifest), default=str, sort_keys=True)


def load(folder: Path) -> Manifest:
    """Read the manifest of a generation."""
    content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    waves = tuple(
        WaveFacts(**wave | {day: dt.date.fromisoformat(wave[day]) for day in ("opens_on", "closes_on", "on")})
        for wave in content["waves"]
    )
    return Manifest(
        **content
        | {
            "waves": waves,
            "themes": tuple(ThemeColumn(**theme) for theme in content["themes"]),
            "attributes": tuple(
                AttributeColumn(one["code"], tuple(one["groups"]), one["lowest"]) for one in content["attributes"]
            ),
            "roles": {int(key): code for key, code in content["roles"].items()},
            "comparable": tuple((one, two, column) for one, two, column in content["comparable"]),
        }
    )
