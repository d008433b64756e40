"""Self and others: how much more others see in people than these say of themselves, in each theme."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import how_many, selves
from trellis.insight.facts.layout import PARTS, TOGETHER

if TYPE_CHECKING:
    from ibis.expr.types import Table


def self_other(facts: "Table", *, wave: int, themes: Sequence[str], by: Sequence[str] = ("state",)) -> "Table":
    """Return a row for each of `by`: people whom others rated, and for each theme `_n` and `_gap`.

    `_n` have an answer of their own and at least one of others; `_gap` is the sum over them of the mean of others less
    their own, in twentieths of a half-step (layout.PARTS): above 0 where others see more.
    """
    others = facts.filter(facts.wave == wave, facts.relation == TOGETHER)
    seen = others.select(about="person", **{f"seen_{theme}": theme for theme in themes})
    mine = selves(facts, wave).select("person", *by, *themes)
    both = mine.join(seen, mine.person == seen.about)
    counts = {}
    for theme in themes:
        answered = (both[theme] >= 0) & (both[f"seen_{theme}"] >= 0)
        apart = both[f"seen_{theme}"].cast("int32") - both[theme].cast("int32") * PARTS
        counts[f"{theme}_n"] = how_many(answered)
        counts[f"{theme}_gap"] = answered.ifelse(apart, 0).sum().fill_null(0)
    return both.aggregate(people=both.count(), by=list(by), **counts)
