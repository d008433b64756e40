"""Pipeline: who holds which role, and whose term ends within a year, beside all members; by unit and group."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import how_many

if TYPE_CHECKING:
    from ibis.expr.types import Table

_YEAR = 365


def pipeline(terms: "Table", *, wave: int, on: int, by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by` and each role: how many `hold` it on that day, and whose term is `ending`.

    `on` is a day since 1970; a term is ending when its last day lies within the year after it.
    """
    held = terms.filter(terms.wave == wave, terms.starts <= on, terms.ends >= on)
    return held.aggregate(hold=held.count(), ending=how_many(held.ends < on + _YEAR), by=[*by, "role"])
