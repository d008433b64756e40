"""Coverage of a role: how many could take it up today, by the targets that its profile sets."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import how_many, selves
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL

if TYPE_CHECKING:
    from ibis.expr.types import Table

# Who is short in no more themes than this is nearly ready.
NEARLY = 3


def role_coverage(facts: "Table", *, wave: int, targets: Mapping[str, int], by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by`: people, how many are `ready`, and how many `nearly` (short in 1 to 3 themes).

    `targets` are the levels that the role asks for, by theme; a theme without an answer is not reached. Raises
    ValueError without any target.
    """
    if not targets:
        raise ValueError("a role that asks for nothing is covered by everybody")
    mine = selves(facts, wave)
    short = reduce(
        add, ((mine[theme] < HALF_STEPS_PER_LEVEL * level).cast("int32") for theme, level in sorted(targets.items()))
    )
    counted = mine.mutate(short=short)
    return counted.aggregate(
        people=counted.count(),
        ready=how_many(counted.short == 0),
        nearly=how_many((counted.short > 0) & (counted.short <= NEARLY)),
        by=list(by),
    )
