"""Breakdowns: children by groups of one attribute, protected and audited with all totals that are shown beside them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trellis.insight.gate.places import Array, Figures, Flags, Places
from trellis.measure.disclosure import THRESHOLD, audit, protect
from trellis.measure.known import Totals

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Counts of people by group: of the association (groups), of states and of locals (places x groups).

    As published, NaN is hidden.
    """

    top: Array
    states: Array
    locals: Array


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Counts by group, with the published counts of all at each place.

    `forbidden` must not be shown whatever it is; `sensitive` is what must not be known, be it shown or worked out.
    """

    counts: Groups
    forbidden: Groups
    sensitive: Groups
    people: Figures
    places: Places
    threshold: int = THRESHOLD
    _done: dict[int, tuple[bytes, Floats, bool]] = field(default_factory=dict)

    def protected(self) -> Groups:
        """Return the counts as they may be published.

        From the top down: the groups of all, then states by groups, then of each state its locals by groups. Where even
        hiding everything below leaves somebody known too well, what stands above is withheld too: a state's breakdown,
        then that of all.
        """
        withheld, nothing = np.zeros(len(self.places.states), np.bool_), False
        while True:
            top, states = self._of_states(withheld, nothing=nothing)
            if states is None:
                nothing = True
                continue
            locals_, failing = self._of_locals(states)
            if not (failing & ~withheld).any():
                return Groups(top, states, locals_)
            withheld |= failing

    def _of_states(self, withheld: Flags, *, nothing: bool) -> tuple[Floats, Floats | None]:
        """Return the groups of all, and states by groups; None for these where they cannot be shown with those."""
        shape = self.counts.states.shape
        found = np.full(shape, np.nan)
        if nothing or np.isnan(self.people.top):
            return np.full(shape[1], np.nan), found
        whole = float(self.people.top)
        top = protect(self.counts.top, self.threshold, whole, hide=self.forbidden.top, sensitive=self.sensitive.top)
        some = ~_nobody(self.people.states, self.places.nowhere.states)
        counts, guarded = self.counts.states[some], self.sensitive.states[some]
        totals = (self.people.states[some], top, whole)
        forbidden = (self.forbidden.states | withheld[:, None])[some]
        found[some] = protect(counts, self.threshold, totals, hide=forbidden, sensitive=guarded)
        fine = self._passes(found[some], totals, counts, guarded)
        return top, found if fine else None

    def _of_locals(self, states: Floats) -> tuple[Floats, Flags]:
        """Return locals by groups, and of which states they cannot be shown with what is shown of the state."""
        found, failing = np.full(self.counts.locals.shape, np.nan), np.zeros(len(self.places.states), np.bool_)
        for row, children in enumerate(self.places.children() if len(found) else ()):
            if self.people.states[row] > 0:
                found[children], failing[row] = self._of_state(row, children, states[row])
        return found, failing

    def _of_state(self, row: int, children: slice, groups: Floats) -> tuple[Floats, bool]:
        """Return the locals of one state by groups, and whether they cannot be shown; asked twice, it answers once."""
        some = ~_nobody(self.people.locals[children], self.places.nowhere.locals[children])
        counts, forbidden, guarded = (
            groups_of.locals[children][some] for groups_of in (self.counts, self.forbidden, self.sensitive)
        )
        asked = groups.tobytes() + forbidden.tobytes()
        if self._done.get(row, (b"",))[0] != asked:
            totals = (self.people.locals[children][some], groups, float(self.people.states[row]))
            found = np.full((len(some), len(groups)), np.nan)
            if not forbidden.all():
                found[some] = protect(counts, self.threshold, totals, hide=forbidden, sensitive=guarded)
            fine = self._passes(found[some], totals, counts, guarded)
            self._done[row] = (asked, found, not fine)
        return self._done[row][1:]

    def _passes(self, found: Floats, totals: Totals, counts: Array, sensitive: Flags) -> bool:
        """Say whether what is left may be shown: if anything is, it has passed; if nothing is, even that may tell."""
        if not np.isnan(found).all():
            return True
        return bool(audit(found, totals, self.threshold, table=counts, sensitive=sensitive))


def _nobody(people: Array, nowhere: Flags) -> Flags:
    """Say which rows are no unit and known to be empty: nothing is hidden there."""
    empty: Flags = nowhere & (people == 0)
    return empty
