"""Whose next step a cell is: what one person needs, and how many of a group do. A pure calculation."""

from collections.abc import Iterable, Mapping


def needs_of(levels: Mapping[str, int], targets: Mapping[str, int] | None, *, top: int) -> dict[str, int]:
    """Return the level of a person's next step by theme code, from known levels.

    With the targets of a role only themes below them count; without (None) every theme that has a next level does.
    """
    return {
        code: level + 1
        for code, level in levels.items()
        if level < (top if targets is None else min(top, targets.get(code, 0)))
    }


def tally(needs: Iterable[Mapping[str, int]], *, top: int) -> dict[str, list[int]]:
    """Return by theme code how many need each level, the first level first."""
    counts: dict[str, list[int]] = {}
    for one in needs:
        for code, level in one.items():
            counts.setdefault(code, [0] * top)[level - 1] += 1
    return counts
