"""Protects all tables of a release together: what one hides, no other may tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from trellis.insight.gate.breakdowns import Breakdown, Groups
from trellis.insight.gate.lines import hide
from trellis.insight.gate.places import Array, Figures, Places
from trellis.insight.gate.raw import Raw
from trellis.insight.gate.values import Family, Value, forbid_smallest, hide_values, told

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
    flat, banned = _without_groups(raw.people), _without_groups(forbidden)
    if raw.measures:
        values = [Value(one.scale, _without_groups(sums)) for one, sums in zip(raw.measures, raw.sums, strict=True)]
        hidden = hide_values(flat, values, places, forbidden=banned, threshold=threshold)
    else:
        hidden = hide(flat, places, forbidden=banned, threshold=threshold)
    return published(raw, hidden.each(lambda flags: np.expand_dims(flags, -2)), threshold)


def protect_groups(
    raw: Raw,
    everybody: Mapping[str, Figures],
    places: Places,
    *,
    forbidden: Figures,
    sensitive: Figures,
    threshold: int,
) -> Table:
    """Return a table by groups as it may be published, one column after another.

    `everybody` are by column the counts of people at each place that readers know, NaN where hidden.
    """
    hidden = raw.people.each(lambda counts: np.ones(counts.shape, np.bool_))
    for place, name in enumerate(raw.columns):
        kept = ~(raw.pseudo & (raw.people.top[:, place] == 0))
        one = _Column(raw, everybody[name], places, place, np.flatnonzero(kept), threshold)
        found = one.protected(
            *(which.each(lambda flags, place=place: flags[..., place]) for which in (forbidden, sensitive))
        )
        for kind in ("top", "states", "locals"):
            getattr(hidden, kind)[..., kept, place] = np.isnan(getattr(found, kind))
    return published(raw, hidden, threshold)


def _without_groups(figures: Figures) -> Figures:
    return figures.each(lambda counts: counts[..., 0, :])


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a table by groups; `kept` are the groups that there is anybody in."""

    raw: Raw
    people: Figures
    places: Places
    place: int
    kept: Array
    threshold: int

    def _of(self, figures: Figures) -> Groups:
        found = figures.each(lambda counts: counts[..., self.kept, self.place])
        return Groups(found.top, found.states, found.locals)

    def protected(self, forbidden: Figures, sensitive: Figures) -> Groups:
        banned, guarded = (which.each(lambda flags: flags[..., self.kept].copy()) for which in (forbidden, sensitive))
        breakdown = Breakdown(
            self._of(self.raw.people),
            Groups(banned.top, banned.states, banned.locals),
            Groups(guarded.top, guarded.states, guarded.locals),
            self.people,
            self.places,
            self.threshold,
        )
        for _ in range(_TRIES):
            found = breakdown.protected()
            if not self._more(found, banned):
                return found
            breakdown = replace(breakdown, forbidden=Groups(banned.top, banned.states, banned.locals))
        nothing = breakdown.forbidden
        return replace(
            breakdown, forbidden=Groups(*(np.ones_like(getattr(nothing, k)) for k in ("top", "states", "locals")))
        ).protected()

    def _more(self, found: Groups, banned: Figures) -> bool:
        """Forbid more, in place, where values of what is shown tell too much of the rest; say whether any was."""
        counts, more = self._of(self.raw.people), False
        for measure, sums in zip(self.raw.measures, self.raw.sums, strict=True):
            known = self._of(sums)
            for line in self._lines(counts, known, found, banned):
                covered = np.isnan(line.shown)
                flags = told(measure.scale, line.family, covered) & line.whole_shown
                more |= forbid_smallest(line.family.people, covered, flags, line.banned)
        return more

    def _lines(self, counts: Groups, sums: Groups, found: Groups, banned: Figures) -> Iterator["_Lines"]:
        """Yield the sets of lines that have a known whole: places of one group, and groups of one place."""
        whole: list[tuple[Array, Array, Array]] = [(sums.top, counts.top, ~np.isnan(found.top))]
        families = [(sums.states, counts.states, found.states, banned.states)]
        if self.raw.of_locals:
            for row, children in enumerate(self.places.children()):
                whole.append((sums.states[row], counts.states[row], ~np.isnan(found.states[row])))
                families.append(
                    (sums.locals[children], counts.locals[children], found.locals[children], banned.locals[children])
                )
        for (of_sums, of_counts, whole_shown), (s, c, f, b) in zip(whole, families, strict=True):
            yield _Lines(Family(s, c, of_sums, of_counts), f, whole_shown, b)
            some = ~np.asarray(np.isnan(f).all(axis=1))
            yield _Lines(Family(s.T, c.T, s.sum(axis=1), c.sum(axis=1)), f.T, some, b.T)


@dataclass(frozen=True, slots=True)
class _Lines:
    family: Family
    shown: Array
    whole_shown: Array
    banned: Array
