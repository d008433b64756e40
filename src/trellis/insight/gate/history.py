"""What earlier releases have shown already: what changed since then by fewer people than may be told is hidden now."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trellis.insight.gate.places import Array, Figures, Flags, Places
from trellis.measure.disclosure import THRESHOLD


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier release beside the figures of now, at the places of now (places x columns).

    `shown` is what it showed; `then` counts the people that it stood on, `both` those of them who are among the people
    of now at the same place. `erased` are people of then who are not in the facts any more, so that nobody knows
    whether they are among those of now (places x 1).
    """

    shown: Figures
    then: Figures
    both: Figures
    erased: Figures


def changed_too_little(now: Figures, earlier: Sequence[Earlier], threshold: int = THRESHOLD) -> Figures:
    """Return the figures that must not be shown: shown before, and changed by one to nine people since.

    The difference of the two would be about those few: who came, who left, or both. Nobody at all may have changed, or
    as many as the threshold.
    """
    found = now.each(lambda counts: np.zeros(counts.shape, np.bool_))
    for one in earlier:
        found = found.each(
            lambda flags, counts, shown, then, both, erased: (
                flags | (shown & _few(counts, then, both, erased, threshold))
            ),
            now,
            one.shown,
            one.then,
            one.both,
            one.erased,
        )
    return found


def _few(now: Array, then: Array, both: Array, erased: Array, threshold: int) -> Flags:
    changed = now + then - 2 * both
    few: Flags = (changed < threshold) & (changed + erased > 0)
    return few


def rest_changed_too_little(
    now: Figures, covered: Figures, places: Places, earlier: Sequence[Earlier], threshold: int = THRESHOLD
) -> tuple[Flags, list[Flags]]:
    """Say where the hidden children together are known in this release and an earlier one, and differ by too few.

    Returns flags by column for the states of the association, and for the locals of each state. Who moves between
    hidden children changes nothing of the rest; how many that are is not known, so the fewest that may have come or
    gone are counted.
    """
    top = np.zeros(now.top.shape, np.bool_)
    families = [np.zeros(now.top.shape, np.bool_) for _ in places.states]
    for one in earlier:
        top |= (
            one.shown.top
            & ~covered.top
            & _rest_few((now.states, one.then.states, one.both.states), covered.states, one.both.top, threshold)
        )
        for row, children in enumerate(places.children()):
            families[row] |= (
                one.shown.states[row]
                & ~covered.states[row]
                & _rest_few(
                    (now.locals[children], one.then.locals[children], one.both.locals[children]),
                    covered.locals[children],
                    one.both.states[row],
                    threshold,
                )
            )
    return top, families


def _rest_few(counts: tuple[Array, Array, Array], covered: Flags, both_in_all: Array, threshold: int) -> Flags:
    here, then, both = (np.where(covered, each, 0).sum(axis=0) for each in counts)
    moved = both_in_all - counts[2].sum(axis=0)
    most = here + then - 2 * both
    least = most - 2 * np.maximum(moved, 0)
    some: Flags = covered.any(axis=0) & ~covered.all(axis=0) & (most > 0) & (least < threshold)
    return some
