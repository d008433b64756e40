"""Shares and means: coded at their ends, and hidden further where the others would give the rest's away."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trellis.insight.gate.places import Array, Flags, Ints
from trellis.measure.disclosure import THRESHOLD
from trellis.measure.endcoding import coded_many, tops

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """What a value can be: its lowest and highest, and the step that it is rounded to."""

    low: float
    high: float
    step: float

    def coded(self, sums: Array, people: Array, hidden: Flags, threshold: int = THRESHOLD) -> tuple[Floats, Ints]:
        """Return the values as they may be shown, NaN where hidden, and the end at which each is coded."""
        values, ends = coded_many(sums, people, (self.low, self.high), step=self.step, threshold=threshold)
        return np.where(hidden, np.nan, values), np.where(hidden, 0, ends)

    def known(self, values: Floats, ends: Ints, people: Array) -> tuple[Floats, Floats]:
        """Return between which ends a reader knows the sum to lie that a shown value stands for."""
        low = np.where(ends < 0, self.low, values - self.step / 2).clip(min=self.low)
        high = np.where(ends > 0, self.high, values + self.step / 2).clip(max=self.high)
        return np.nan_to_num(low) * people, np.nan_to_num(high) * people


PERCENT = Scale(0, 100, 1)
LEVELS = Scale(0, 3, 0.1)
CHANGE = Scale(-3, 3, 0.1)


@dataclass(frozen=True, slots=True)
class Family:
    """Children with their parent: sums of answers and people of each (children x columns; of the parent, columns)."""

    sums: Array
    people: Array
    whole_sums: Array
    whole: Array


def told(scale: Scale, of: Family, covered: Flags) -> Flags:
    """Say in which columns readers know too well how extreme a value is: that of the hidden children, or a coded one.

    What is known of some children is the parent's value times its people, less what is known of all others; readers are
    taken to know how many people each value stands on. Too well is more than half of the way from where its end is
    coded to unanimity.
    """
    low, high = scale.known(*scale.coded(of.sums, of.people, covered), of.people)
    low, high = np.where(covered, scale.low * of.people, low), np.where(covered, scale.high * of.people, high)
    below, above = scale.known(*scale.coded(of.whole_sums, of.whole, np.zeros_like(of.whole, np.bool_)), of.whole)
    # Of each child, what the parent leaves when all others give as much, or as little, as they can.
    one = _extreme(scale, below - (high.sum(axis=0) - high), above - (low.sum(axis=0) - low), of.people) & ~covered
    shown = ~covered
    rest = np.where(covered, of.people, 0).sum(axis=0)
    others = [np.where(shown, bound, 0).sum(axis=0) for bound in (high, low)]
    of_rest = _extreme(scale, below - others[0], above - others[1], rest) & shown.any(axis=0)
    found: Flags = (one.any(axis=0) | of_rest) & (of.whole >= THRESHOLD)
    return found


def _extreme(scale: Scale, least: Array, most: Array, people: Array) -> Flags:
    margin = (scale.high - scale.low) * (100 - tops(people)) / 200
    found: Flags = (least > (scale.high - margin) * people) | (most < (scale.low + margin) * people)
    return found & (people > 0)


def forbid_smallest(people: Array, covered: Flags, known: Flags, forbidden: Flags) -> bool:
    """Forbid, in place, the smallest child that is still shown in each line of which too much is known.

    `people`, `covered` and `forbidden` are children x lines (of any shape), `known` is lines. Nobody in a place has
    nothing to hide. Says whether it found any to forbid.
    """
    if not known.any():
        return False
    remaining = np.where(covered | forbidden | (people == 0), np.inf, people)
    found = known & np.isfinite(remaining.min(axis=0, initial=np.inf))
    smallest = remaining.argmin(axis=0)
    for line in map(tuple, np.argwhere(found).tolist()):
        forbidden[(smallest[line], *line)] = True
    return bool(found.any())
