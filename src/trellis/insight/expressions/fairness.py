"""Fairness: what a check of one domain's statements needs, counted once: answers by total and group."""

from collections.abc import Sequence
from functools import reduce
from operator import add, and_
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import selves

if TYPE_CHECKING:
    from ibis.expr.types import Table


def fairness(facts: "Table", *, wave: int, themes: Sequence[str], attribute: str) -> "Table":
    """Return a row for each total and group: `people`, and for each theme the `_sum` and `_squares` of their answers.

    `themes` are those of one domain. Only people who answered them all are counted; `total` is the sum of their
    answers in half-steps, on which groups are matched, and `grp` their group. Raises ValueError without any theme.
    """
    if not themes:
        raise ValueError("there is nothing to check")
    mine = selves(facts, wave)
    complete = mine.filter(reduce(and_, (mine[theme] >= 0 for theme in themes)))
    answers = complete.select(
        total=reduce(add, (complete[theme].cast("int32") for theme in themes)),
        grp=complete[attribute],
        **{theme: complete[theme].cast("int32") for theme in themes},
    )
    counts = {f"{theme}_sum": answers[theme].sum() for theme in themes}
    counts |= {f"{theme}_squares": (answers[theme] * answers[theme]).sum() for theme in themes}
    return answers.aggregate(people=answers.count(), by=["total", "grp"], **counts)
