"""Protects all tables of a release together: what one hides, no other may tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from trellis.insight.gate.breakdowns import Breakdown, Groups
from trellis.insight.gate.lines import hide
from trellis.insight.gate.places import Array, Figures, Places
from trellis.insight.gate.raw import Raw
from trellis.insight.gate.values import Family, forbid_smallest, told

# How often a breakdown may be hidden further before it is withheld whole.
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Table:
    """One question as it may be published: NaN where hidden, places x groups x columns; `raw` is what it stands on.

    `values` and their `ends` (1 at least, -1 at most) are in the order of the raw table's measures.
    """

    raw: Raw
    people: Figures
    values: tuple[Figures, ...]
    ends: tuple[Figures, ...]

    @property
    def hidden(self) -> Figures:
        """Which counts are hidden."""
        return self.people.each(np.isnan)


def published(raw: Raw, hidden: Figures, threshold: int) -> Table:
    """Return a table with these counts hidden, and all values that stand on them."""
    values, ends = [], []
    for measure, sums in zip(raw.measures, raw.sums, strict=True):
        coded = [
            measure.scale.coded(getattr(sums, kind), getattr(raw.people, kind), getattr(hidden, kind), threshold)
            for kind in ("top", "states", "locals")
        ]
        values.append(Figures(*(one for one, _ in coded)))
        ends.append(Figures(*(one for _, one in coded)))
    people = raw.people.each(lambda counts, flags: np.where(flags, np.nan, counts), hidden)
    return Table(raw, people, tuple(values), tuple(ends))


def nothing_forbidden(raw: Raw) -> Figures:
    """Return that nothing is forbidden."""
    return raw.people.each(lambda counts: np.zeros(counts.shape, np.bool_))


def protect_everybody(raw: Raw, places: Places, forbidden: Figures, threshold: int) -> Table:
    """Return the table of everybody as it may be published."""
    flat, banned = _without_groups(raw.people), forbidden.each(np.copy)
    while True:
        covered = hide(flat, places, forbidden=_without_groups(banned), threshold=threshold)
        hidden = covered.each(lambda flags: np.expand_dims(flags, -2))
        if not _forbid_more(raw, places, hidden, banned):
            return published(raw, hidden, threshold)


def protect_groups(
    raw: Raw,
    everybody: Mapping[str, Figures],
    places: Places,
    *,
    forbidden: Figures,
    sensitive: Figures,
    threshold: int,
) -> Table:
    """Return a table by groups as it may be published: every column as a breakdown, and then by its values.

    `everybody` are by column the counts of people at each place that readers know, NaN where hidden.
    """
    banned = forbidden.each(np.copy)
    columns = [
        _Column(raw, place, everybody[name], places=places, sensitive=sensitive, threshold=threshold)
        for place, name in enumerate(raw.columns)
    ]
    hidden = raw.people.each(lambda counts: np.ones(counts.shape, np.bool_))
    anew = set(range(len(columns)))
    for _ in range(_TRIES):
        for place in anew:
            columns[place].protect(banned, hidden)
        before = banned.each(np.copy)
        if not _forbid_more(raw, places, hidden, banned):
            return published(raw, hidden, threshold)
        anew = {place for place in range(len(columns)) if _differ(before, banned, place)}
    everything = banned.each(np.ones_like)
    for column in columns:
        column.protect(everything, hidden)
    return published(raw, hidden, threshold)


def _differ(before: Figures, now: Figures, place: int) -> bool:
    return any(
        (getattr(before, kind)[..., place] != getattr(now, kind)[..., place]).any() for kind in ("states", "locals")
    )


def _without_groups(figures: Figures) -> Figures:
    return figures.each(lambda counts: counts[..., 0, :])


class _Column:
    """One column of a table by groups; groups that nobody counts themselves in, and that are empty, are left out."""

    def __init__(
        self, raw: Raw, place: int, people: Figures, *, places: Places, sensitive: Figures, threshold: int
    ) -> None:
        self._place = place
        self._kept = np.flatnonzero(~(raw.pseudo & (raw.people.top[:, place] == 0)))
        counts = self._of(raw.people)
        self._breakdown = Breakdown(counts, counts, self._of(sensitive), people, places, threshold)

    def _of(self, figures: Figures) -> Groups:
        found = figures.each(lambda counts: counts[..., self._kept, self._place].copy())
        return Groups(found.top, found.states, found.locals)

    def protect(self, banned: Figures, hidden: Figures) -> None:
        """Say in `hidden`, in place, what of the column may not be shown."""
        found = replace(self._breakdown, forbidden=self._of(banned)).protected()
        for kind in ("top", "states", "locals"):
            getattr(hidden, kind)[..., self._kept, self._place] = np.isnan(getattr(found, kind))


def _forbid_more(raw: Raw, places: Places, hidden: Figures, banned: Figures) -> bool:
    """Forbid more, in place, where values of what is shown tell too much of the rest; say whether any was."""
    more = False
    for measure, sums in zip(raw.measures, raw.sums, strict=True):
        for line in _lines(raw, sums, places, hidden, banned):
            known = told(measure.scale, line.family, line.covered) & line.whole_shown
            more |= forbid_smallest(line.family.people, line.covered, known, line.banned)
    return more


@dataclass(frozen=True, slots=True)
class _Lines:
    """Children with a whole that readers know, column by column; `banned` may be added to, in place."""

    family: Family
    covered: Array
    whole_shown: Array
    banned: Array


def _lines(raw: Raw, sums: Figures, places: Places, hidden: Figures, banned: Figures) -> Iterator["_Lines"]:
    """Yield the sets of lines whose whole is known: the places in a place, and the groups of each of these.

    Where locals may not be shown there are none of them.
    """
    parts: list[tuple[str, slice, str, tuple[int, ...]]] = [("states", slice(None), "top", ())]
    if raw.of_locals:
        parts += [("locals", inside, "states", (row,)) for row, inside in enumerate(places.children())]
    for kind, inside, above, at in parts:
        s, c, covered, b = (getattr(of, kind)[inside] for of in (sums, raw.people, hidden, banned))
        whole = Family(s, c, getattr(sums, above)[at], getattr(raw.people, above)[at])
        yield _Lines(whole, covered, ~getattr(hidden, above)[at], b)
        if raw.attribute:
            groups = Family(s.swapaxes(0, 1), c.swapaxes(0, 1), s.sum(axis=1), c.sum(axis=1))
            yield _Lines(groups, covered.swapaxes(0, 1), ~covered.all(axis=1), b.swapaxes(0, 1))
