"""Which needs may be shown: one table for each theme in each unit, hidden, complemented and audited together.

A unit's table has a row for each part of it (its states, or its locals, and those who belong to it directly) and a
column for each level that is somebody's next step, beside one for who needs none. Readers know the people of each row,
and the unit's own row, which stands in the table above. Parts that were not counted anew keep what was shown of them:
it is known already and can hide nothing, and what was hidden of them stays hidden. Where the audit finds something all
the same, the unit's own row is hidden too, and everything is looked at again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trellis.measure.disclosure import THRESHOLD, audit, protect
from trellis.measure.known import Totals
from trellis.measure.tables import Flags, Floats

Row = tuple[int | None, ...]  # people by the level of their next step, then those who need none; None for hidden
_PEOPLE = ""  # how many answered: looked at like a theme, before all themes


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one unit: its people, and a row for each theme; a theme that is missing is hidden."""

    people: int | None
    needs: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Node:
    """A unit, or those who belong to it directly: who answered, and by theme how many need each level.

    `before` is what the last release showed, if nobody in it has been counted anew since; else None.
    """

    key: str
    people: int
    needs: Mapping[str, Sequence[int]]
    parts: "tuple[Node, ...]" = ()
    before: Shown | None = None

    def row(self, code: str, top: int) -> list[int]:
        """Return the counts of one theme."""
        if code == _PEOPLE:
            return [self.people]
        needs = list(self.needs.get(code, [0] * top))
        return [*needs, self.people - sum(needs)]

    def known(self, code: str, width: int) -> Row | None:
        """Return what readers know of a theme, None when it is counted anew."""
        if self.before is None:
            return None
        hidden: Row = (None,) * width
        return (self.before.people,) if code == _PEOPLE else self.before.needs.get(code, hidden)


def whole(key: str, parts: Sequence[Node], themes: Sequence[str], *, top: int, before: Shown | None) -> Node:
    """Return the unit that these parts make up; `before` is what was shown of it, when it is unchanged."""
    needs = {
        code: [sum(part.needs.get(code, (0,) * top)[level] for part in parts) for level in range(top)]
        for code in themes
    }
    return Node(key, sum(part.people for part in parts), needs, tuple(parts), before)


def release(root: Node, themes: Sequence[str], *, top: int, threshold: int = THRESHOLD) -> dict[str, Shown]:
    """Return what may be shown of every unit and part, by key; each theme is protected and audited by itself.

    Raises ValueError for a threshold below 10, and for counts that `measure.disclosure.protect` refuses.
    """
    if threshold < THRESHOLD:
        raise ValueError(f"the threshold must not be below {THRESHOLD}")
    asked = _Theme(_PEOPLE, {}, top, threshold).released(root)
    people = {key: row[0] for key, row in asked.items()}
    needs: dict[str, dict[str, Row]] = defaultdict(dict)
    for code in themes:
        for key, row in _Theme(code, people, top, threshold).released(root).items():
            if any(count is not None for count in row):
                needs[key][code] = row
    return {key: Shown(count, needs[key]) for key, count in people.items()}


@dataclass(frozen=True, slots=True)
class _Theme:
    """One theme in all units; `people` are the shown people by key."""

    code: str
    people: Mapping[str, int | None]
    top: int
    threshold: int

    @property
    def width(self) -> int:
        return 1 if self.code == _PEOPLE else self.top + 1

    def released(self, root: Node) -> dict[str, Row]:
        """Protect every table; a unit whose parts cannot be protected is hidden itself."""
        forced: set[str] = set()
        while True:
            found, _safe = self._table([root], None, forced)
            failing = next(self._failing(root, forced, found), None)
            if failing is None:
                return found
            forced.add(failing)

    def _failing(self, unit: Node, forced: set[str], found: dict[str, Row]) -> Iterator[str]:
        """Protect the tables of a unit and its parts into `found`; yield the units in whose table something shows."""
        if not unit.parts:
            return
        if unit.before is not None:
            # Nothing in it has changed, so its tables are those that were released.
            found |= {part.key: part.known(self.code, self.width) or (None,) * self.width for part in unit.parts}
        else:
            rows, safe = self._table(unit.parts, found[unit.key], forced)
            found |= rows
            if not safe and unit.key not in forced:
                yield unit.key
        for part in unit.parts:
            yield from self._failing(part, forced, found)

    def _table(self, nodes: Sequence[Node], above: Row | None, forced: set[str]) -> tuple[dict[str, Row], bool]:
        """Protect one table under its column totals (None for the top); return its rows, and whether they are safe."""
        counts = np.array([node.row(self.code, self.top) for node in nodes], dtype=np.float64)
        known, hide = self._fixed(nodes, forced)
        totals: Totals = (
            None if self.code == _PEOPLE else _floats([self.people[node.key] for node in nodes]),
            None if above is None else _floats(above),
        )
        shown = protect(counts, self.threshold, totals, hide=hide)
        shown[known] = counts[known]
        rows = {
            node.key: tuple(None if np.isnan(count) else int(count) for count in row)
            for node, row in zip(nodes, shown, strict=True)
        }
        return rows, bool(audit(shown, totals, self.threshold))

    def _fixed(self, nodes: Sequence[Node], forced: set[str]) -> tuple[Flags, Flags]:
        """Return which cells readers know from before, and which must be hidden whatever they count."""
        known = np.zeros((len(nodes), self.width), dtype=np.bool_)
        hide = np.zeros_like(known)
        for place, node in enumerate(nodes):
            before = node.known(self.code, self.width)
            if before is not None:
                known[place] = [count is not None for count in before]
                hide[place] = ~known[place]
            if node.key in forced:
                hide[place] = ~known[place]
        return known, hide


def _floats(counts: Sequence[int | None]) -> Floats:
    return np.array([np.nan if count is None else count for count in counts], dtype=np.float64)
