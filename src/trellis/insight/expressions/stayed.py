"""Stayed: how many of those counted at an earlier wave are counted again at the same place and in the same group."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import selves

if TYPE_CHECKING:
    from ibis.expr.types import Table


def answered_again(facts: "Table", *, then: int, now: int, by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by`: people who answered about themselves in both waves."""
    return _both(selves(facts, then), selves(facts, now), by)


def silent_again(members: "Table", facts: "Table", *, then: int, now: int, by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by`: members of both waves who answered in neither."""
    return _both(_silent(members, facts, then), _silent(members, facts, now), by)


def holding_again(
    terms: "Table", *, then: tuple[int, int], now: tuple[int, int], by: Sequence[str] = ("state",)
) -> "Table":
    """Return a row for each of `by` and each role: people who held it in both waves; each wave with its day."""
    return _both(_held(terms, *then), _held(terms, *now), [*by, "role"])


def _silent(members: "Table", facts: "Table", wave: int) -> "Table":
    asked, gave = members.filter(members.wave == wave), selves(facts, wave)
    return asked.anti_join(gave, asked.person == gave.person)


def _held(terms: "Table", wave: int, on: int) -> "Table":
    return terms.filter(terms.wave == wave, terms.starts <= on, terms.ends >= on)


def _both(there: "Table", here: "Table", by: Sequence[str]) -> "Table":
    names = ["person", *by]
    earlier = there.select(**{f"then_{name}": name for name in names}).distinct()
    later = here.select(*names).distinct()
    both = later.join(earlier, [later[name] == earlier[f"then_{name}"] for name in names])
    return both.aggregate(people=both.count(), by=list(by))
