"""The rows that most questions are about: the last self-assessment of each person in a wave."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from trellis.insight.facts.layout import SELF, WHOLE_STATE

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, IntegerValue, Table


def selves(facts: "Table", wave: int) -> "Table":
    """Return the last self-assessment of each person in a wave."""
    return facts.filter(facts.wave == wave, facts.relation == SELF)


def how_many(condition: "BooleanValue") -> "IntegerValue":
    """Return how many rows meet a condition; 0, and not nothing, where there are no rows."""
    return condition.cast("int32").sum().fill_null(0)


def counted(cube: "Table", wave: int, attribute: str, by: Collection[str]) -> "Table":
    """Return the rows of the cube that hold a wave's counts: those of locals where they are asked for, else of states.

    `attribute` is what the groups of the rows are of, "" for everybody together.
    """
    of_locals = (cube.local != WHOLE_STATE) if "local" in by else (cube.local == WHOLE_STATE)
    return cube.filter(cube.wave == wave, cube.attribute == attribute, of_locals)
