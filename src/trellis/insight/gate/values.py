"""Shares and means: coded at their ends, and hidden further where the others would give the rest's away."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trellis.insight.gate.lines import hide
from trellis.insight.gate.places import Array, Figures, Flags, Ints, Places
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


def rest_told(scale: Scale, of: Family, covered: Flags) -> Flags:
    """Say in which columns the value of the hidden children together is known to be more extreme than may be shown.

    What is known of the rest is the parent's value times its people, less what is known of the children that are shown;
    readers are taken to know how many people each value stands on.
    """
    shown = ~covered
    low, high = scale.known(*scale.coded(of.sums, of.people, covered), of.people)
    below, above = scale.known(*scale.coded(of.whole_sums, of.whole, np.zeros_like(of.whole, np.bool_)), of.whole)
    rest = np.where(covered, of.people, 0).sum(axis=0)
    least = below - np.where(shown, high, 0).sum(axis=0)
    most = above - np.where(shown, low, 0).sum(axis=0)
    margin = (scale.high - scale.low) * (100 - tops(rest)) / 100
    ends = (scale.low + margin - scale.step / 2) * rest, (scale.high - margin + scale.step / 2) * rest
    told: Flags = ((most < ends[0]) | (least > ends[1])) & (rest > 0) & shown.any(axis=0) & (of.whole >= THRESHOLD)
    return told


def ends_told(scale: Scale, of: Family, covered: Flags) -> Flags:
    """Say in which columns a child's value that is coded at its end is known to lie more than a step beyond the code.

    What is known of one child is the parent's value times its people, less what is known of all other children.
    """
    values, ends = scale.coded(of.sums, of.people, covered)
    low, high = scale.known(values, ends, of.people)
    low, high = np.where(covered, scale.low * of.people, low), np.where(covered, scale.high * of.people, high)
    below, above = scale.known(*scale.coded(of.whole_sums, of.whole, np.zeros_like(of.whole, np.bool_)), of.whole)
    least, most = below - (high.sum(axis=0) - high), above - (low.sum(axis=0) - low)
    beyond = ((ends > 0) & (least > (values + scale.step) * of.people)) | (
        (ends < 0) & (most < (values - scale.step) * of.people)
    )
    found: Flags = beyond.any(axis=0) & (of.whole >= THRESHOLD)
    return found


def told(scale: Scale, of: Family, covered: Flags) -> Flags:
    """Say in which columns too much is told, of the hidden children together or of one that is shown."""
    return rest_told(scale, of, covered) | ends_told(scale, of, covered)


@dataclass(frozen=True, slots=True)
class Value:
    """Values of one kind at every place: sums of answers, on a scale."""

    scale: Scale
    sums: Figures


def hide_values(
    people: Figures, values: list[Value], places: Places, *, forbidden: Figures, threshold: int = THRESHOLD
) -> Figures:
    """Return what must be hidden of values that stand on these people (places x columns), all of them together.

    As `lines.hide`, and then more, child by child, until no rest of children is known too well either.
    """
    while True:
        covered = hide(people, places, forbidden=forbidden, threshold=threshold)
        states, locals_ = forbidden.states.copy(), forbidden.locals.copy()
        more = False
        for value in values:
            of = Family(value.sums.states, people.states, value.sums.top, people.top)
            known = told(value.scale, of, covered.states) & ~covered.top
            more |= forbid_smallest(people.states, covered.states, known, states)
            for row, children in enumerate(places.children()):
                if not covered.states[row].all():
                    sums, counts = value.sums.locals[children], people.locals[children]
                    of = Family(sums, counts, value.sums.states[row], people.states[row])
                    known = told(value.scale, of, covered.locals[children]) & ~covered.states[row]
                    more |= forbid_smallest(counts, covered.locals[children], known, locals_[children])
        if not more:
            return covered
        forbidden = Figures(forbidden.top, states, locals_)


def forbid_smallest(people: Array, covered: Flags, known: Flags, forbidden: Flags) -> bool:
    """Forbid, in place, the smallest child that is still shown in each column of which too much is known.

    Nobody in a place has nothing to hide. Says whether it found any to forbid.
    """
    remaining = np.where(covered | forbidden | (people == 0), np.inf, people)
    found = known & np.isfinite(remaining.min(axis=0, initial=np.inf))
    for column in np.flatnonzero(found).tolist():
        forbidden[remaining[:, column].argmin(), column] = True
    return bool(found.any())
