"""What a release may not show whatever it holds: what another table hides, and what changed by too few since one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trellis.insight.gate.history import Earlier, changed_too_little, rest_changed_too_little
from trellis.insight.gate.places import Array, Figures, Flags, Places
from trellis.insight.gate.protecting import Table, nothing_forbidden
from trellis.insight.gate.questions import (
    ANSWERED,
    COVERAGE,
    GROWTH,
    MEMBERS,
    PARTICIPATION,
    SELF_OTHER,
    SILENT,
    STANDING,
)
from trellis.insight.gate.raw import EVERYBODY, Raw
from trellis.insight.gate.values import forbid_smallest

Key = tuple[str, str]  # question and attribute

# What stands on those who answered is hidden where their number is hidden: it would tell between which bounds that is.
FOLLOWS = {question: (PARTICIPATION, ANSWERED) for question in (STANDING, GROWTH, SELF_OTHER, COVERAGE)}


@dataclass(frozen=True, slots=True)
class Rules:
    """All that is known besides the counts of now.

    `then` are the counts of standing at the wave that growth is measured from, by attribute; `earlier` what releases
    before have shown of breakdowns, one entry a release.
    """

    places: Places
    threshold: int
    then: Mapping[str, Raw]
    earlier: Mapping[Key, Sequence[Earlier]]

    def forbidden(self, raw: Raw, raws: Mapping[Key, Raw], done: Mapping[Key, Table]) -> Figures:
        """Return what must not be shown of a table."""
        found = nothing_forbidden(raw)
        if not raw.of_locals:
            found = Figures(found.top, found.states, np.ones_like(found.locals))
        if raw.question in FOLLOWS:
            question, name = FOLLOWS[raw.question]
            lead = done[question, raw.attribute]
            place = lead.raw.columns.index(name)
            found = found.each(_hidden_too, lead.hidden.each(lambda flags: flags[..., place]))
        if raw.question == GROWTH and raw.attribute in self.then:
            found = found.each(np.logical_or, self.growth_of_few(raw, raws[STANDING, raw.attribute]))
        return found.each(np.logical_or, self._changed(raw))

    def sensitive(self, raw: Raw) -> Figures:
        """Return which counts of a table nobody may know: the small ones, and those that changed by too few."""
        return self._changed(raw).each(lambda changed, counts: changed | (counts < self.threshold), raw.people)

    def _changed(self, raw: Raw) -> Figures:
        before = self.earlier.get((raw.question, raw.attribute), ())
        return changed_too_little(raw.people, before, self.threshold) if before else nothing_forbidden(raw)

    def growth_of_few(self, raw: Raw, standing: Raw) -> Figures:
        """Return where too few answered at one of two waves only: the means of both and growth would tell of them."""

        def few(both: Array, now: Array, then: Array) -> Flags:
            shared = now.shape[-2]
            apart = now + then - 2 * both[..., :shared, :]
            found = np.zeros(both.shape, np.bool_)
            found[..., :shared, :] = (apart > 0) & (apart < self.threshold)
            return found

        return raw.people.each(few, standing.people, self.then[raw.attribute].people)

    def rest_of_few(self, table: Table, banned: Figures) -> bool:
        """Forbid more, in place, where hidden places together are known to have changed by too few since a release."""
        before = self.earlier.get((table.raw.question, table.raw.attribute), ())
        if not before:
            return False
        raw, hidden = table.raw, table.hidden
        top, families = rest_changed_too_little(raw.people, hidden, self.places, before, self.threshold)
        more = False
        for part, flags in _families(raw, self.places, top, families):
            counts, covered, forbidden = (
                getattr(figures, part[0])[part[1]] for figures in (raw.people, hidden, banned)
            )
            more |= forbid_smallest(counts, covered, flags, forbidden)
        return more

    def totals(self, raw: Raw, done: Mapping[Key, Table]) -> dict[str, Figures]:
        """Return by column of a breakdown what readers know of its rows: the counts that everybody's table shows."""
        people = done[raw.question, EVERYBODY].people.each(lambda counts: counts[..., 0, :])
        columns = done[raw.question, EVERYBODY].raw.columns
        known = {name: people.each(lambda counts, at=at: counts[..., at]) for at, name in enumerate(columns)}
        if MEMBERS in known:
            known[SILENT] = known[MEMBERS].each(np.subtract, known[ANSWERED])
        return {name: known[name] for name in raw.columns}


def _families(
    raw: Raw, places: Places, top: Flags, families: Sequence[Flags]
) -> Iterator[tuple[tuple[str, slice], Flags]]:
    yield ("states", slice(None)), top
    if raw.of_locals:
        for children, flags in zip(places.children(), families, strict=True):
            yield ("locals", children), flags


def _hidden_too(banned: Array, lead: Flags) -> Array:
    """Forbid what the lead hides; a group that it does not have (who was elsewhere) is not in question."""
    found = banned.copy()
    found[..., : lead.shape[-1], :] |= lead[..., None]
    return found
