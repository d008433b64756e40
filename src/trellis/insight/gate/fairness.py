"""Whether the questions work alike for two groups who stand equally high: in the whole association, by attribute."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from trellis.insight.engine import Tables
from trellis.insight.expressions.fairness import fairness
from trellis.insight.facts.arranging import column
from trellis.insight.facts.manifest import AttributeColumn, Manifest, WaveFacts
from trellis.insight.gate.protecting import Table
from trellis.insight.gate.questions import ANSWERED
from trellis.insight.gate.raw import GROUP, codes_of
from trellis.measure.fairness import ItemFairness, TooFewPeople, check_fairness

FAIRNESS = "fairness"
Rows = list[list[Any]]
# A check of more people says the same and takes minutes: of so many on a side, every n-th is looked at.
_MOST = 20_000
_LEAST_THEMES = 3  # fewer are no total to match on


@dataclass(frozen=True, slots=True)
class Checks:
    """What is needed to check one wave: the engine's tables, and how many answered by group as it may be shown."""

    tables: Tables
    manifest: Manifest
    wave: WaveFacts
    answered: Mapping[str, Table]

    def contents(self, top: int) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
        """Yield question, attribute, unit and content: for each group what was found beside everybody else.

        A group whose people are hidden is not checked at all: that it could be would tell that it is no small one.
        """
        for attribute in self.manifest.attributes:
            table = self.answered[attribute.code]
            people = table.people.top[:, table.raw.columns.index(ANSWERED)]
            shown = [group for group, n in zip(table.raw.groups, people, strict=True) if group > 0 and not np.isnan(n)]
            # Of two groups the second comparison would be the first one turned round.
            compared = shown if len(shown) > 2 else shown[: len(shown) - 1]
            if compared:
                found = self._beside_all_others(attribute, compared)
                codes = dict(zip(table.raw.groups, codes_of(table.raw, attribute), strict=True))
                yield FAIRNESS, attribute.code, top, {"groups": {codes[group]: rows for group, rows in found.items()}}

    def _beside_all_others(self, attribute: AttributeColumn, groups: Sequence[int]) -> dict[int, Rows | None]:
        """Return by group theme, flag, difference and whether the second test confirms it; None with too few people."""
        found: dict[int, Rows | None] = {group: [] for group in groups}
        for themes in self._domains():
            how: dict[str, Any] = {"wave": self.wave.key, "themes": themes, "group": GROUP}
            patterns = self.tables.ask(fairness, "facts", grp=attribute.code, **how)
            of = column(patterns, GROUP)
            for group in groups:
                sides = [
                    _people(patterns.filter(pa.array(which)), themes)
                    for which in (of == group, (of > 0) & (of != group))
                ]
                report = check_fairness(np.concatenate(sides), np.repeat([1, 0], [len(side) for side in sides]))
                rows = found[group]
                if isinstance(report, TooFewPeople):
                    found[group] = None
                elif rows is not None:
                    rows += [_row(theme, item) for theme, item in zip(themes, report.items, strict=True)]
        return found

    def _domains(self) -> Iterator[Sequence[str]]:
        for domain in dict.fromkeys(theme.domain for theme in self.manifest.themes):
            themes = tuple(theme.column for theme in self.manifest.themes if theme.domain == domain)
            if len(themes) >= _LEAST_THEMES:
                yield themes


def _people(patterns: pa.Table, themes: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Return the answers of people (persons x themes) from how many gave the same; every n-th of too many.

    They are taken in the order of their answers, so that each part of them is there in its share.
    """
    order = np.lexsort([column(patterns, name) for name in reversed(themes)])
    ends = np.cumsum(column(patterns, "people")[order])
    whole = int(ends[-1]) if len(ends) else 0
    wanted = (np.arange(min(whole, _MOST)) * max(1.0, whole / _MOST)).astype(np.int64)
    rows = order[np.searchsorted(ends, wanted, side="right")]
    return np.stack([column(patterns, theme)[rows] for theme in themes], axis=1).astype(np.float64)


def _row(theme: str, item: ItemFairness) -> list[Any]:
    difference = None if np.isnan(item.difference) else round(float(item.difference), 2)
    return [theme, item.flag, difference, bool(item.confirmed_p < 0.05)]
