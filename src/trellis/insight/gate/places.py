"""The places of a wave, from the association down to its locals, and figures that stand at each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trellis.insight.facts.layout import NOWHERE

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Places:
    """Units with members: the association, its states, and their locals state by state; all by key.

    State 0 stands for those who belong to no state, local 0 for those of a state who belong to no local: nobody's page
    shows them, but they count above, so that what is shown of the others must not give them away. There is always one
    of each, and where nobody is in it, it hides nothing.
    """

    top: int
    states: Ints
    locals: Ints
    state_of: Ints  # for each local the row of its state

    @classmethod
    def of(cls, top: int, state: Array, local: Array) -> "Places":
        """Return the places in which there are members, from the state and local of each (in any order, repeated)."""
        states = np.unique([NOWHERE, *state]).astype(np.int64)
        nowhere = np.stack([states, np.full_like(states, NOWHERE)])
        pairs = np.unique(np.concatenate([np.stack([state, local]).astype(np.int64), nowhere], axis=1), axis=1)
        return cls(top, states, pairs[1], np.searchsorted(states, pairs[0]))

    @property
    def nowhere(self) -> "Figures":
        """Which of the places are no unit of their own."""
        return Figures(np.zeros((), np.bool_), self.states == NOWHERE, self.locals == NOWHERE)

    def empty(self, counts: "Figures") -> "Figures":
        """Return where nobody is in a place that is no unit: there is nothing to hide there."""
        return counts.each(_nobody, self.nowhere)

    def children(self) -> list[slice]:
        """Return for each state where its locals stand."""
        bounds = np.searchsorted(self.state_of, np.arange(len(self.states) + 1)).tolist()
        return [slice(begun, end) for begun, end in pairwise(bounds)]

    def local_rows(self, state: Array, local: Array) -> Ints:
        """Return the row of each local, -1 for one in which there are no members."""
        known = {
            pair: row
            for row, pair in enumerate(zip(self.states[self.state_of].tolist(), self.locals.tolist(), strict=True))
        }
        return np.array([known.get(pair, -1) for pair in zip(state.tolist(), local.tolist(), strict=True)], np.int64)

    def state_rows(self, state: Array) -> Ints:
        """Return the row of each state, -1 for one in which there are no members."""
        rows = np.searchsorted(self.states, state).clip(max=max(0, len(self.states) - 1))
        return np.where(self.states[rows] == state, rows, -1) if len(self.states) else np.full(len(state), -1)


@dataclass(frozen=True, slots=True)
class Figures:
    """The same figures for the association, each state and each local: arrays of equal shape but for the first axis."""

    top: Array
    states: Array
    locals: Array

    def each(self, change: "Callable[..., Array]", *others: "Figures") -> "Figures":
        """Return what a function makes of the figures at each kind of place, and of others beside them."""
        return Figures(
            *(change(*(getattr(one, kind) for one in (self, *others))) for kind in ("top", "states", "locals"))
        )

    @classmethod
    def added_up(cls, locals_: Array, places: Places) -> "Figures":
        """Return figures of locals together with their sums in states and in all."""
        states = np.zeros((len(places.states), *locals_.shape[1:]), locals_.dtype)
        np.add.at(states, places.state_of, locals_)
        return cls(states.sum(axis=0), states, locals_)

    @classmethod
    def with_rest(cls, top: Array, states: Array, locals_: Array, places: Places) -> "Figures":
        """Return figures of which each place's is the sum of its children's: what these leave of it is nowhere.

        Who counts above and in none of the places below is there: who moved from one to another between two waves.
        """
        locals_, states = locals_.copy(), states.copy()
        below = np.zeros_like(states)
        np.add.at(below, places.state_of, locals_)
        states[places.states == NOWHERE] += top - states.sum(axis=0)
        locals_[places.locals == NOWHERE] += states - below
        return cls(top, states, locals_)


def _nobody(numbers: Array, nowhere: Flags) -> Flags:
    if not nowhere.ndim or not len(numbers):
        return np.zeros(numbers.shape, np.bool_)
    empty: Flags = (numbers == 0) & nowhere.reshape(-1, *[1] * (numbers.ndim - 1))
    return empty
