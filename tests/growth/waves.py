"""Waves of answers in memory, and the standing that comes of them."""

import datetime as dt
from collections.abc import Mapping

from hypothesis import strategies as st

from tests.assessment.trees import grow
from trellis.assessment.queries import Answer
from trellis.framework.tree import EditionTree
from trellis.growth.standing import Standing, ThemeStanding, level_codes, newest_levels, standing_of

THEN, NOW = dt.date(2025, 10, 20), dt.date(2026, 10, 20)
TREE = grow(5, 2, 3)
WAVE = st.dictionaries(st.sampled_from([theme.code for theme in TREE.themes]), st.none() | st.integers(0, 6))


def wave(
    answers: Mapping[str, int | None], *, number: int = 1, tree: EditionTree = TREE, on: dt.date = NOW
) -> list[Answer]:
    """Return the answers of one wave: half-steps by theme code."""
    return [Answer(tree.theme_by_code[code].id, half, number, tree.id, on) for code, half in answers.items()]


def standing(*waves: list[Answer], on: EditionTree = TREE, editions: tuple[EditionTree, ...] = ()) -> Standing:
    """Return the standing from these waves, newest first."""
    trees = {tree.id: tree for tree in (on, *editions)}
    return standing_of(on, [answer for one in waves for answer in one], trees)


def levels(*waves: list[Answer], on: EditionTree = TREE, editions: tuple[EditionTree, ...] = ()) -> dict[str, int]:
    """Return the known levels by theme code from these waves, newest first."""
    codes = level_codes(on, {tree.id: tree for tree in (on, *editions)})
    return newest_levels(codes, [answer for one in waves for answer in one])


def theme(found: Standing, code: str = "AA.1") -> ThemeStanding:
    return next(each for each in found.themes if each.theme.code == code)
