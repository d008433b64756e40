"""Releases of a test's own making: what a page shows is compared with what was put in, down to the last cell."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.insight.models import Release, ReleasedTable, Wave, WaveStatus
from trellis.insight.queries import MEASURES
from trellis.people.models import Role, Unit

# People and values of one cell; None is a cell that the gate has hidden.
Figures = tuple[int, Mapping[str, float]]
Row = Mapping[str, Figures | None]
SHOWN: Figures = (40, {"level1": 80, "level2": 50, "level3": 20, "mean": 1.5})
_SPANS = {
    "fall-2025": (dt.date(2025, 10, 1), dt.date(2025, 11, 15)),
    "fall-2026": (dt.date(2026, 10, 1), dt.date(2026, 11, 15)),
    "fall-2027": (dt.date(2027, 10, 1), dt.date(2027, 11, 15)),
}
_ATTRIBUTES = [
    {"code": "language", "groups": ["english", "another"], "lowest": "local"},
    {"code": "years", "groups": ["under-3", "3-to-9", "10-on"], "lowest": "state"},
]


def a_wave(code: str = "fall-2026", *, closed: bool = True) -> Wave:
    """Store a wave, closed unless it is said to be open."""
    opens_on, closes_on = _SPANS[code]
    return Wave.objects.create(
        code=code,
        name=code.replace("-", " ").title(),
        opens_on=opens_on,
        closes_on=closes_on,
        status=WaveStatus.CLOSED if closed else WaveStatus.OPEN,
        closed_at=clock.now() if closed else None,
    )


def a_release(tree: EditionTree, code: str = "fall-2026", then: str = "") -> Release:
    """Store an empty release of a wave: every cell is hidden until a table is put in."""
    columns = [theme.code.lower().replace(".", "_") for theme in tree.themes]
    roles = list(Role.objects.values_list("code", flat=True))
    asked = ("standing", "self-other", *(("growth",) if then else ()))
    by_themes = dict.fromkeys(asked, columns)
    content = {
        "edition": tree.name,
        "themes": [
            {"column": column, "code": theme.code, "uid": str(theme.uid)}
            for column, theme in zip(columns, tree.themes, strict=True)
        ],
        "attributes": _ATTRIBUTES,
        "columns": by_themes | {"participation": ["members", "answered"], "coverage": roles[:2], "pipeline": roles},
        "columns_by": by_themes | {"participation": ["answered", "silent"], "pipeline": roles},
        "then": then,
        "withheld": 0,
    }
    return Release.objects.create(wave=a_wave(code), facts_at=clock.now(), threshold=10, content=content)


def put(release: Release, question: Any, unit: Unit, rows: Mapping[str, Row], attribute: str = "", **more: Any) -> None:
    """Store what a release shows of a unit: by group ("" is everybody) and column; what is left out is hidden."""
    columns = release.content["columns_by" if attribute else "columns"][question]
    groups = list(rows)

    def grid(read: Any) -> list[list[Any]]:
        return [[read(rows[group].get(column)) for column in columns] for group in groups]

    content: dict[str, Any] = {"groups": groups, "n": grid(lambda cell: cell[0] if cell else None)} | more
    for name in MEASURES[question]:
        content[name] = grid(lambda cell, name=name: cell[1][name] if cell else None)
        content[f"{name}_end"] = grid(lambda cell: 0 if cell else None)
    ReleasedTable.objects.create(release=release, question=question, unit=unit, attribute=attribute, content=content)


def everywhere(release: Release, figures: Figures = SHOWN, *, but: Sequence[str] = ()) -> dict[str, Row]:
    """Return rows in which every theme shows the same of everybody, and those of `but` (columns) are hidden."""
    columns = (one["column"] for one in release.content["themes"])
    return {"": {column: None if column in but else figures for column in columns}}
