"""Lists of counts with a known sum: what must be hidden so that no hidden one can be told, for many lists at a time."""

import numpy as np

from trellis.insight.gate.places import Array, Figures, Flags, Places
from trellis.measure.disclosure import THRESHOLD


def complement(counts: Array, hidden: Flags, *axes: int, threshold: int = THRESHOLD) -> Flags:
    """Return what is hidden once no line gives a hidden count away by subtraction; lines run along these axes.

    While a line has exactly one hidden count, or hidden counts that sum below the threshold, its smallest remaining
    nonzero count is hidden too. All other axes (themes, say) are cases of their own.
    """
    covered = hidden.copy()
    changed = True
    while changed:
        changed = False
        for axis in axes:
            many, together = covered.sum(axis=axis), np.where(covered, counts, 0).sum(axis=axis)
            remaining = np.where(covered | (counts == 0), np.inf, counts)
            weak = ((many == 1) | ((many > 0) & (together < threshold))) & np.isfinite(remaining.min(axis=axis))
            if weak.any():
                smallest = np.expand_dims(remaining.argmin(axis=axis), axis)
                taken = np.take_along_axis(covered, smallest, axis) | np.expand_dims(weak, axis)
                np.put_along_axis(covered, smallest, taken, axis)
                changed = True
    return covered


def told(counts: Array, hidden: Flags, axis: int = 0, threshold: int = THRESHOLD) -> Flags:
    """Say of which lines with a known sum a hidden count is known too well: by whom it stands alone, or among too few.

    What the shown counts leave of the sum is in the hidden ones together; each can be anything from 0 to that, unless
    it is the only one. A line of which nothing is in the hidden ones tells that they are empty.
    """
    many, together = hidden.sum(axis=axis), np.where(hidden, counts, 0).sum(axis=axis)
    alone: Flags = (many == 1) | ((many > 0) & (together < threshold))
    return alone


def hide(counts: Figures, places: Places, *, forbidden: Figures, threshold: int = THRESHOLD) -> Figures:
    """Return what must be hidden of counts at every place, each column of them (a theme, say) on its own.

    `counts` are places x columns, each unit's the sum of its children's; `forbidden` says what must not be shown
    whatever it is. Where hiding all children does not help, because there are too few of them or too few in them, the
    parent is hidden as well, and with it more of its neighbours.
    """
    empty = places.empty(counts)
    covered = forbidden.each(lambda flags, numbers, nobody: (flags | (numbers < threshold)) & ~nobody, counts, empty)
    while True:
        states = complement(counts.states, covered.states | (covered.top & ~empty.states), 0, threshold=threshold)
        top = covered.top | (told(counts.states, states, threshold=threshold) & ~covered.top)
        below = covered.locals | (states[places.state_of] & ~empty.locals)
        failing = np.zeros_like(states)
        for row, children in enumerate(places.children()):
            here = complement(counts.locals[children], below[children], 0, threshold=threshold)
            below[children] = here
            failing[row] = told(counts.locals[children], here, threshold=threshold) & ~states[row]
        if not failing.any() and (top == covered.top).all():
            return Figures(top, states, below)
        covered = Figures(top, covered.states | failing, covered.locals)


def audit(published: Figures, places: Places, threshold: int = THRESHOLD) -> list[tuple[str, int, int]]:
    """Return what a reader can tell from published counts (NaN where hidden): kind of place, its row, the column.

    Knows nothing but what is published: of every unit that is shown, its own count and those of its children.
    """
    small = published.each(lambda numbers, empty: (numbers < threshold) & ~empty, places.empty(published))
    found = [
        (kind, int(row), int(place))
        for kind in ("top", "states", "locals")
        for row, place in np.argwhere(np.atleast_2d(getattr(small, kind)))
    ]
    families = [("states", published.top, published.states, 0)]
    families += [
        ("locals", published.states[row], published.locals[children], children.start)
        for row, children in enumerate(places.children())
    ]
    for kind, whole, parts, first in families:
        if not len(parts):
            continue
        covered = np.isnan(parts)
        left = whole - np.nansum(parts, axis=0)
        many = covered.sum(axis=0)
        narrow = ~np.isnan(whole) & (
            (many == 1) | ((many > 0) & (left < np.minimum(threshold, whole))) | ((many == 0) & (left != 0))
        )
        # Under a hidden total nothing may be shown: the shown would be the least that it can be.
        shown_below = np.isnan(whole) & ~(covered | (parts == 0)).all(axis=0)
        found += [(kind, first, int(place)) for place in np.flatnonzero(narrow | shown_below)]
    return found
