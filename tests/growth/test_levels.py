"""The short way to a team's levels says what the long way to a standing says. No database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.trees import grow
from tests.growth.waves import WAVE, levels, standing, wave

QUICK = settings(max_examples=40, deadline=None, database=None)
HALVES = dict[str, int | None]


def known(*waves: HALVES) -> dict[str, int]:
    found = standing(*(wave(answers) for answers in waves))
    return {theme.theme.code: theme.level for theme in found.themes if theme.is_known}


@QUICK
@given(st.lists(WAVE, max_size=3))
def test_levels_are_those_of_the_standing(waves: list[HALVES]) -> None:
    assert levels(*(wave(answers) for answers in waves)) == known(*waves)


def test_a_newer_no_chance_takes_the_level_away() -> None:
    assert levels(wave({"AA.1": None}), wave({"AA.1": 6, "AA.2": 2})) == {"AA.2": 1}


def test_an_answer_on_a_theme_that_is_gone_counts_for_nothing() -> None:
    larger = grow(6, 2, 3)
    answers = wave({theme.code: 4 for theme in larger.themes}, tree=larger)
    smaller = grow(5, 2, 3, key=2)
    assert set(levels(answers, on=smaller, editions=(larger,))) == {theme.code for theme in smaller.themes}
