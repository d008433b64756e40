"""Every question, as a test asks it of every engine; and the people whose answers are nasty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from tests.insight.drawn import PROFILES, THEMES, Someone, crowd
from trellis.insight.expressions.fairness import fairness
from trellis.insight.expressions.gap import gap, gap_from_cube
from trellis.insight.expressions.growth import growth
from trellis.insight.expressions.levels import levels, levels_from_cube
from trellis.insight.expressions.participation import participation
from trellis.insight.expressions.pipeline import pipeline
from trellis.insight.expressions.role_coverage import role_coverage
from trellis.insight.expressions.self_other import self_other
from trellis.insight.expressions.stayed import answered_again, holding_again, silent_again
from trellis.insight.expressions.supply import need, seats

DAY = 19_311  # the last day of the second wave, since 1970
BEFORE = DAY - 365
PLACES = ("state", "local")


@dataclass(frozen=True)
class Asked:
    """A question about some tables, and by what it is asked."""

    question: Callable[..., Any]
    tables: tuple[str, ...]
    how: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        by = self.how.get("by", ("state",))
        return f"{self.question.__name__}-{'-'.join(by) or 'all'}"


def _by(question: Callable[..., Any], *tables: str, by: Sequence[tuple[str, ...]], **how: Any) -> list[Asked]:
    return [Asked(question, tables, {**how, "by": one}) for one in by]


_COMPARABLE = ((1, 2, "aa_1"),)
QUESTIONS = [
    *_by(gap, "facts", by=[(), ("state",), PLACES, ("office",)], wave=2, themes=THEMES),
    *_by(gap_from_cube, "cube", by=[(), ("state",), PLACES], wave=2, themes=THEMES),
    *_by(levels, "facts", by=[(), ("state", "identity"), PLACES], wave=2, themes=THEMES),
    *_by(levels_from_cube, "cube", by=[("grp",), ("state", "grp")], wave=2, themes=THEMES, attribute="identity"),
    *_by(growth, "facts", by=[(), ("state",), PLACES, ("identity",)], then=1, now=2, themes=THEMES),
    *_by(growth, "facts", by=[("office",)], then=1, now=2, themes=THEMES, comparable=_COMPARABLE, spread=True),
    *_by(growth, "facts", by=[()], then=1, now=2, themes=THEMES, comparable=(), spread=True, places=PLACES),
    *_by(self_other, "facts", by=[(), ("state",), PLACES], wave=2, themes=THEMES),
    *_by(role_coverage, "facts", by=[(), PLACES], wave=2, targets=PROFILES["local-president"]),
    *_by(need, "facts", by=[(), ("state",)], wave=2, themes=THEMES),
    *_by(seats, "supply", by=[(), ("state",)], wave=2),
    *_by(participation, "members", "facts", by=[(), ("state",), PLACES, ("office",)], wave=2),
    *_by(pipeline, "terms", by=[(), ("state",), ("state", "identity")], wave=2, on=DAY),
    *_by(answered_again, "facts", by=[(), PLACES, ("identity",)], then=1, now=2),
    *_by(silent_again, "members", "facts", by=[(), PLACES], then=1, now=2),
    *_by(holding_again, "terms", by=[(), ("state",)], then=(1, BEFORE), now=(2, DAY)),
    Asked(fairness, ("facts",), {"wave": 2, "themes": THEMES, "group": "office"}),
]


def nasty() -> list[Someone]:
    """Return two waves with empty units, ties, people without any answer, and units that came under another parent."""
    people = crowd(3, waves=2)
    groups = {"office": 1, "identity": 0}
    # A local that came under another state, one whose members said nothing at all, and a state that is gone.
    people += [Someone(5000 + n, 2 + wave, 777, groups, [n % 7, 3], wave=wave) for n in range(12) for wave in (1, 2)]
    people += [Someone(5100 + n, 2, 778, groups, [-1, -1], [[-1, -1]], wave=2) for n in range(5)]
    people += [Someone(5200 + n, 9, 900, groups, [2, 2], wave=1) for n in range(11)]
    # Asked on another edition, of which one theme has the same words.
    people += [
        Someone(5300 + n, 3, 779, groups, [n % 7, 6 - n % 7], wave=wave, edition=wave)
        for n in range(10)
        for wave in (1, 2)
    ]
    return people


def in_order(found: pa.Table) -> list[dict[str, Any]]:
    """Return rows in an order of their own: no engine promises one."""
    names = sorted(found.schema.names)
    return sorted(found.select(names).to_pylist(), key=lambda row: [str(row[name]) for name in names])
