"""Which kinds of rater a 360 may show, and what: disjoint groups of five or more, and medians in half-steps.

Shown is a median and nothing else. With three raters and a mean the others' answers can be worked out in a quarter of
cases, with the lowest and highest or a histogram always; with five and a median in none (simulated).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

THRESHOLD = 5
OTHERS = "other"


def groups_of(counts: Mapping[str, int], *, threshold: int = THRESHOLD) -> dict[str, str]:
    """Return for each kind of rater the group that it is shown in; a kind without one is not shown at all.

    `counts` are raters by kind. A kind of five or more is a group of its own. The rest is shown together as "all
    others" when it is five or more of at least two kinds. The groups share nobody and no total is ever shown, so that
    none can be had by taking one from another. Raises ValueError for a threshold below five.
    """
    if threshold < THRESHOLD:
        raise ValueError("the threshold may be raised, never lowered")
    found = {kind: kind for kind, raters in counts.items() if raters >= threshold}
    rest = {kind: raters for kind, raters in counts.items() if 0 < raters < threshold}
    if sum(rest.values()) >= threshold:
        found |= dict.fromkeys(rest, OTHERS)
    return found


def low_median(values: Sequence[int]) -> int:
    """Return the middle answer, of two the lower: always an answer that was given, so that it adds no digit to it.

    Raises ValueError for no values.
    """
    if not values:
        raise ValueError("no answers have no median")
    return sorted(values)[(len(values) - 1) // 2]


def medians(
    answers: Iterable[tuple[str, str, int]], *, threshold: int = THRESHOLD
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (median in half-steps, raters) by group and theme, from answers (group, theme, half-steps).

    A theme that fewer than five of a group have seen is left out: not even how few it was is said.
    """
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for group, theme, half_steps in answers:
        given[group, theme].append(half_steps)
    return {place: (low_median(found), len(found)) for place, found in given.items() if len(found) >= threshold}
