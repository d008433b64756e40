"""What a closer look says, by a rule that is simple to state: pure, on a theme in memory."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment.trees import grow, reworded, uid
from trellis.framework.tree import StatementNode, ThemeNode
from trellis.growth.closer_look import CloserLook, Wave, Wording, closer_look

NOW, THEN = dt.date(2026, 10, 23), dt.date(2026, 4, 26)
STATEMENTS = 4
Answers = Sequence[int | tuple[int, int] | None]


def _widened(theme: ThemeNode) -> ThemeNode:
    cells = tuple(
        replace(
            cell,
            statements=tuple(
                StatementNode(place, uid(f"{cell.code} {place}"), 1, f"I do {cell.code} {place}.", "")
                for place in range(STATEMENTS)
            ),
        )
        for cell in theme.cells
    )
    return replace(theme, cells=cells)


THEME = _widened(grow(1).themes[0])


def wave(*levels: Answers, on: dt.date = NOW) -> Wave:
    """A wave level by level: how often, or with when last; None is no chance, what is not given is open."""
    answers: dict[Wording, dict[str, int | None]] = {}
    for cell, picked in zip(THEME.cells, levels, strict=False):
        for statement, one in zip(cell.statements, picked, strict=False):
            often, *last = one if isinstance(one, tuple) else (one,)
            answers[statement.uid, statement.version] = {"": often} | ({"last": last[0]} if last else {})
    return Wave(on, answers)


def looked(*waves: Wave) -> CloserLook:
    found = closer_look(THEME, waves)
    assert found is not None
    return found


def test_without_an_answer_there_is_nothing_to_say() -> None:
    assert closer_look(THEME, []) is None
    assert closer_look(THEME, [Wave(NOW, {})]) is None
    assert closer_look(grow(0, 1).themes[0], [wave([2, 2])]) is None


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        ([[0, 0, 0, 0]], 0),
        ([[2, 2, 1, 1]], 0),  # a half is not most
        ([[2, 2, 2, 0]], 1),
        ([[2, 2, 2, 2], [2, 2, 2, 1], [1, 1, 1, 1]], 2),
        ([[2, 2, 2, 2], [2, 2, 2, 2], [2, 2, 2, 2]], 3),
    ],
)
def test_a_level_counts_when_most_of_its_statements_are_done_regularly(levels: list[Answers], level: int) -> None:
    assert looked(wave(*levels)).level == level


def test_what_was_last_done_more_than_a_year_ago_does_not_count() -> None:
    assert looked(wave([(2, 1), (2, 2), (2, 3), 0])).level == 1
    assert looked(wave([(2, 1), (2, 2), (2, 0), 0])).level == 0


def test_no_chance_is_missing_and_never_a_no() -> None:
    look = looked(wave([2, 2, None, None], [0, None, None, None]))
    assert [level.is_there for level in look.levels] == [True, None, None]
    assert look.level == 1
    assert look.levels[0].statements[2].no_chance


def test_a_level_of_which_less_than_half_is_answered_is_not_judged() -> None:
    assert looked(wave([2])).level is None
    assert looked(wave([2, 2])).level == 1
    assert looked(wave([None, None, None, None], [2, 2, 2, 2])).level is None


def test_a_gap_is_shown_and_not_filled() -> None:
    look = looked(wave([2, 2, 2, 2], [0, 0, 0, 0], [2, 2, 2, 2]))
    assert (look.level, look.above_gap) == (1, (3,))
    look = looked(wave([0, 0, 0, 0], [2, 2, 2, 2], [2, 2, 2, 2]))
    assert (look.level, look.above_gap) == (0, (2, 3))
    assert looked(wave([2, 2, 2, 2], [2, 2, 2, 2])).above_gap == ()


@given(st.lists(st.lists(st.none() | st.integers(0, 2), min_size=4, max_size=4), min_size=3, max_size=3))
def test_all_levels_up_to_the_level_are_there_and_the_next_is_not(levels: list[list[int | None]]) -> None:
    look = looked(wave(*levels))
    reached = look.level or 0
    assert all(level.is_there for level in look.levels[:reached])
    assert reached == 3 or not look.levels[reached].is_there
    assert look.low <= reached <= look.high


def test_a_change_is_told_in_words_of_the_same_statement_only() -> None:
    look = looked(wave([2, 1, 0, 2]), wave([0, 1, 2, None], on=THEN))
    assert [one.was for one in look.levels[0].statements] == [0, None, 2, None]
    assert (look.day, look.previous_day) == (NOW, THEN)


def test_another_wording_is_another_statement() -> None:
    theme = _widened(reworded(grow(1), "AA.1").themes[0])
    newer = replace(
        theme,
        cells=tuple(
            replace(cell, statements=tuple(replace(one, version=2) for one in cell.statements)) for cell in theme.cells
        ),
    )
    assert closer_look(newer, [wave([2, 2, 2, 2])]) is None


def test_the_newest_wave_about_the_theme_counts_whatever_others_were_about() -> None:
    elsewhere = Wave(NOW, {(uid("elsewhere"), 1): {"": 2}})
    assert looked(elsewhere, wave([2, 2, 2, 2], on=THEN)).day == THEN
