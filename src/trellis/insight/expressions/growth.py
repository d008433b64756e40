"""Growth: how far those who answered in two waves, and stayed where they are, have come in each theme."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from trellis.insight.expressions.selves import selves

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, IntegerValue, Table


def growth(
    facts: "Table",
    *,
    then: int,
    now: int,
    themes: Sequence[str],
    by: Sequence[str] = ("state",),
    comparable: Collection[tuple[int, int, str]] | None = None,
    spread: bool = False,
    places: Sequence[str] = (),
) -> "Table":
    """Return a row for each of `by`: people in both waves, and for each theme `_n`, `_up` and perhaps `_squares`.

    `_n` answered the theme both times on the same wording, `_up` is the sum of their steps in half-steps, `_squares`
    (with `spread`) of the squares. A person who was elsewhere at the first wave, in another unit or group of `by`, is
    not counted. Of `places` they are counted all the same, in rows of their own: there is one for each of these as it
    is now, with `same_state` and so on (1 or 0) for whether they were there already. Two answers have the same wording
    when they were given on one edition, or when (edition then, edition now, theme) is in `comparable`; None says that
    all answers are on one edition.
    """
    here = selves(facts, now)
    wanted = ["person", "edition", *by, *places, *themes]
    there = selves(facts, then).select(**{f"then_{name}": name for name in wanted})
    stayed = [here.person == there.then_person, *(here[name] == there[f"then_{name}"] for name in by)]
    both = here.select(*wanted).join(there, stayed)
    # A step that does not count is made 0, so that it adds nothing: plain sums are quicker than sums with a condition.
    steps = {}
    for theme in themes:
        # Only of two answers that are both at least 0 is the highest bit 0.
        answered = (both[theme] | both[f"then_{theme}"]) >= 0
        if comparable is not None:
            answered = answered & _same_words(both, theme, comparable)
        steps[f"{theme}_n"] = _one(answered)
        steps[f"{theme}_up"] = (both[theme] - both[f"then_{theme}"]) * _one(answered)
    kept = {f"same_{name}": _one(both[name] == both[f"then_{name}"]) for name in places}
    counted = both.select(*by, *places, **kept, **steps)
    sums = {name: counted[name].sum() for name in steps}
    if spread:
        sums |= {f"{theme}_squares": (counted[f"{theme}_up"] * counted[f"{theme}_up"]).sum() for theme in themes}
    return counted.aggregate(people=counted.count(), by=[*by, *places, *kept], **sums)


def _one(condition: "BooleanValue") -> "IntegerValue":
    """Return 1 or 0 in a byte, which DuckDB sums fastest; PostgreSQL makes no small number of a condition."""
    return condition.cast("int32").cast("int8")


def _same_words(both: "Table", theme: str, comparable: Collection[tuple[int, int, str]]) -> "BooleanValue":
    pairs = ((both.then_edition == one) & (both.edition == two) for one, two, of in comparable if of == theme)
    return reduce(or_, pairs, both.edition == both.then_edition)
