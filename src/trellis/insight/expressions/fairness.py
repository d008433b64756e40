"""Fairness: what a check of one domain's statements needs: how many of each group gave which answers together."""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import selves

if TYPE_CHECKING:
    from ibis.expr.types import Table


def fairness(facts: "Table", *, wave: int, themes: Sequence[str], group: str) -> "Table":
    """Return a row for each `group` and each set of answers to these themes: how many `people` gave it.

    `themes` are those of one domain, on whose total groups are matched. Only people who answered them all are counted.
    Raises ValueError without any theme.
    """
    if not themes:
        raise ValueError("there is nothing to check")
    mine = selves(facts, wave)
    complete = mine.filter(reduce(and_, (mine[theme] >= 0 for theme in themes)))
    return complete.aggregate(people=complete.count(), by=[group, *themes])
