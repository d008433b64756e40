"""Levels: how many stand at level 1, 2 and 3 or above, and how many half-steps they have together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import counted, how_many, selves
from trellis.insight.facts.layout import MEASURES
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL

if TYPE_CHECKING:
    from ibis.expr.types import Table


def levels(facts: "Table", *, wave: int, themes: Sequence[str], by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by`: people, and for each theme `_n` who answered, `_sum`, `_l1`, `_l2` and `_l3`."""
    mine = selves(facts, wave)
    counts = {f"{theme}_n": how_many(mine[theme] >= 0) for theme in themes}
    counts |= {f"{theme}_sum": mine[theme].clip(lower=0).sum() for theme in themes}
    for level in (1, 2, 3):
        counts |= {f"{theme}_l{level}": how_many(mine[theme] >= HALF_STEPS_PER_LEVEL * level) for theme in themes}
    return mine.aggregate(people=mine.count(), by=list(by), **counts)


def levels_from_cube(
    cube: "Table", *, wave: int, themes: Sequence[str], by: Sequence[str] = ("state",), attribute: str = ""
) -> "Table":
    """Return the same from the counts that a snapshot keeps; `attribute` is what `grp` in `by` stands for."""
    mine = counted(cube, wave, attribute, by)
    counts = {name: mine[name].sum() for theme in themes for name in (f"{theme}_{measure}" for measure in MEASURES)}
    return mine.aggregate(people=mine.people.sum(), by=list(by), **counts)
