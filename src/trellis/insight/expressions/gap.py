"""Gap: how many of those who answered stand at a level or above, by theme and unit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import counted, how_many, selves
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL

if TYPE_CHECKING:
    from ibis.expr.types import Table


def gap(facts: "Table", *, wave: int, themes: Sequence[str], by: Sequence[str] = ("state",), level: int = 2) -> "Table":
    """Return a row for each of `by`: people, and for each theme `_n` who answered, `_at` who stand at the level."""
    mine = selves(facts, wave)
    counts = {f"{theme}_n": how_many(mine[theme] >= 0) for theme in themes}
    counts |= {f"{theme}_at": how_many(mine[theme] >= HALF_STEPS_PER_LEVEL * level) for theme in themes}
    return mine.aggregate(people=mine.count(), by=list(by), **counts)


def gap_from_cube(
    cube: "Table",
    *,
    wave: int,
    themes: Sequence[str],
    by: Sequence[str] = ("state",),
    level: int = 2,
    attribute: str = "",
) -> "Table":
    """Return the same from the counts that a snapshot keeps; `attribute` is what `grp` in `by` stands for."""
    mine = counted(cube, wave, attribute, by)
    counts = {f"{theme}_n": mine[f"{theme}_n"].sum() for theme in themes}
    counts |= {f"{theme}_at": mine[f"{theme}_l{level}"].sum() for theme in themes}
    return mine.aggregate(people=mine.people.sum(), by=list(by), **counts)
