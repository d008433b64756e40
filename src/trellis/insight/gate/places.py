"""The places of a wave, from the association down to its locals, and figures that stand at each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trellis.insight.facts.arranging import column

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Places:
    """Units with members: the association, its states, and their locals state by state; all by key.

    State 0 stands for those who belong to no state, local 0 for those of a state who belong to no local: nobody's page
    shows them, but they count above, so that what is shown of the others must not give them away.
    """

    top: int
    states: Ints
    locals: Ints
    state_of: Ints  # for each local the row of its state

    @classmethod
    def of(cls, top: int, state: Array, local: Array) -> "Places":
        """Return the places in which there are members, from the state and local of each (in any order, repeated)."""
        pairs = np.unique(np.stack([state, local]).astype(np.int64), axis=1)
        states = np.unique(pairs[0])
        return cls(top, states, pairs[1], np.searchsorted(states, pairs[0]))

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
        shape = (len(places.states), *locals_.shape[1:])
        states = np.zeros(shape, locals_.dtype)
        np.add.at(states, places.state_of, locals_)
        return cls(states.sum(axis=0), states, locals_)


def in_locals(table: pa.Table, names: Sequence[str], places: Places) -> Ints:
    """Return columns of a table by state and local as an array (locals x columns), 0 where it has no row."""
    found = np.zeros((len(places.locals), len(names)), np.int64)
    rows = places.local_rows(column(table, "state"), column(table, "local"))
    there = rows >= 0
    for place, name in enumerate(names):
        found[rows[there], place] = column(table, name)[there]
    return found


def in_states(table: pa.Table, names: Sequence[str], places: Places) -> Ints:
    """Return columns of a table by state as an array (states x columns), 0 where it has no row."""
    found = np.zeros((len(places.states), len(names)), np.int64)
    rows = places.state_rows(column(table, "state"))
    there = rows >= 0
    for place, name in enumerate(names):
        found[rows[there], place] = column(table, name)[there]
    return found
