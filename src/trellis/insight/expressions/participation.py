"""Participation: how many of the members that a wave could ask have answered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import how_many, selves

if TYPE_CHECKING:
    from ibis.expr.types import Table


def participation(members: "Table", facts: "Table", *, wave: int, by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by`: `members`, how many of them `answered` about themselves, how many are `silent`."""
    asked = members.filter(members.wave == wave)
    gave = selves(facts, wave).select(answerer="person")
    both = asked.left_join(gave, asked.person == gave.answerer)
    return both.aggregate(
        members=both.count(),
        answered=how_many(both.answerer.notnull()),
        silent=how_many(both.answerer.isnull()),
        by=list(by),
    )
