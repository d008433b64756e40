"""Breakdowns: children by groups of one attribute, protected and audited with all totals that are shown beside them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trellis.insight.gate.places import Array, Figures, Flags, Places
from trellis.measure.disclosure import THRESHOLD, audit, protect

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Counts of people by group: of the association (groups), of states and of locals (places x groups).

    `locals` has no rows where locals may not be broken down. As published, NaN is hidden.
    """

    top: Array
    states: Array
    locals: Array


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Counts by group, what of them must not be shown whatever it is, and the published counts of all at each place."""

    counts: Groups
    forbidden: Groups
    people: Figures
    places: Places
    threshold: int = THRESHOLD

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
        if nothing or np.isnan(self.people.top):
            return np.full(shape[1], np.nan), np.full(shape, np.nan)
        whole = float(self.people.top)
        top = protect(self.counts.top, self.threshold, whole, hide=self.forbidden.top)
        totals = (self.people.states, top, whole)
        forbidden = self.forbidden.states | withheld[:, None]
        states = protect(self.counts.states, self.threshold, totals, hide=forbidden)
        return top, states if audit(states, totals, self.threshold, table=self.counts.states) else None

    def _of_locals(self, states: Floats) -> tuple[Floats, Flags]:
        """Return locals by groups, and of which states they cannot be shown with what is shown of the state."""
        counts = self.counts.locals
        found, failing = np.full(counts.shape, np.nan), np.zeros(len(self.places.states), np.bool_)
        for row, children in enumerate(self.places.children() if len(counts) else ()):
            if not np.isnan(self.people.states[row]):
                totals = (self.people.locals[children], states[row], float(self.people.states[row]))
                forbidden = self.forbidden.locals[children]
                found[children] = protect(counts[children], self.threshold, totals, hide=forbidden)
                failing[row] = not audit(found[children], totals, self.threshold, table=counts[children])
        return found, failing
