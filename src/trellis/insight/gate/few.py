"""Leaves out the few who belong to a place and to none of the places below it: hiding them would hide a neighbour.

A state whose two staff members belong to no local would have to hide its smallest local too, so that nobody subtracts
them. Where the others are enough to be shown, those few are counted nowhere instead, in no table.
"""

from dataclasses import dataclass, replace

import numpy as np

from trellis.insight.gate.places import Array, Figures, Flags, Places
from trellis.insight.gate.raw import Raw


@dataclass(frozen=True, slots=True)
class Few:
    """Who is left out: by place that is no unit and by column (locals x columns, and columns for who has no state)."""

    places: Places
    locals: Flags
    stateless: Flags

    @classmethod
    def of(cls, people: Figures, places: Places, threshold: int) -> "Few":
        """Return who is left out of a table of everybody (places x 1 x columns)."""
        counts = people.each(lambda numbers: numbers[..., 0, :])
        rest, whole = counts.locals, counts.states[places.state_of]
        nowhere = places.nowhere.locals[:, None]
        locals_ = nowhere & (rest > 0) & (rest < threshold) & (whole - rest >= threshold)
        remaining = cls(places, locals_, np.zeros(locals_.shape[1:], np.bool_)).without(counts)
        row = int(np.flatnonzero(places.nowhere.states)[0])
        rest, whole = remaining.states[row], remaining.top
        return cls(places, locals_, (rest > 0) & (rest < threshold) & (whole - rest >= threshold))

    def only(self, column: int) -> "Few":
        """Return who is left out of one column, for all columns of a table."""
        return Few(self.places, self.locals[:, [column]], self.stateless[[column]])

    def also(self, other: "Few") -> "Few":
        """Return who is left out by this or by another."""
        return Few(self.places, self.locals | other.locals, self.stateless | other.stateless)

    def without(self, figures: Figures) -> Figures:
        """Return figures (places x ... x columns) of everybody else."""
        locals_, states = figures.locals.copy(), figures.states.copy()
        self._take(locals_, states, np.where(_beside(self.locals, locals_), locals_, 0))
        row = int(np.flatnonzero(self.places.nowhere.states)[0])
        of_none = (self.places.state_of == row).reshape(-1, *[1] * (locals_.ndim - 1))
        self._take(locals_, states, np.where(of_none & self.stateless, locals_, 0))
        return Figures(figures.top - (figures.locals - locals_).sum(axis=0), states, locals_)

    def _take(self, locals_: Array, states: Array, taken: Array) -> None:
        locals_ -= taken
        np.subtract.at(states, self.places.state_of, taken)

    def left_out(self, raw: Raw) -> Raw:
        """Return a table of everybody else."""
        return replace(
            raw,
            people=self.without(raw.people),
            sums=tuple(self.without(sums) for sums in raw.sums),
            squares=self.without(raw.squares) if raw.squares is not None else None,
        )


def _beside(flags: Flags, figures: Array) -> Flags:
    """Return flags (places x columns) in the shape of figures that may have groups between."""
    return flags if figures.ndim == flags.ndim else flags[:, None, :]
