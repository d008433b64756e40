"""Supply against need: whom each level of each theme would help next, and how many seats teach it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from trellis.insight.expressions.levels import levels
from trellis.insight.expressions.selves import how_many

if TYPE_CHECKING:
    from ibis.expr.types import Table


def need(facts: "Table", *, wave: int, themes: Sequence[str], by: Sequence[str] = ("state",), top: int = 3) -> "Table":
    """Return a row for each of `by`: people, and for each theme and level `_need1`, `_need2` and so on.

    `_need2` are those who stand at level 1, so that level 2 is their next.
    """
    mine = levels(facts, wave=wave, themes=themes, by=by)
    steps: dict[str, Any] = {}
    for theme in themes:
        at = [mine[f"{theme}_n"], *(mine[f"{theme}_l{level}"] for level in range(1, top + 1))]
        steps |= {f"{theme}_need{level}": at[level - 1] - at[level] for level in range(1, top + 1)}
    return mine.select(*by, "people", **steps)


def seats(supply: "Table", *, wave: int, by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by`, theme and level that a session in the year after the wave teaches.

    `sessions` are all of them, `seats` the sum of theirs, `unlimited` how many have no limit. State 0 is what is
    arranged for everybody.
    """
    given = supply.filter(supply.wave == wave)
    return given.aggregate(
        sessions=given.count(),
        seats=given.seats.sum(),
        unlimited=how_many(given.seats == 0),
        by=[*by, "theme", "level"],
    )
