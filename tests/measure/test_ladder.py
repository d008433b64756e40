"""The ladder: half-steps become levels and back without loss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.measure.ladder import half_steps_of, in_halves, is_partly, level_of

QUICK = settings(max_examples=40, deadline=None, database=None)


@QUICK
@given(st.integers(1, 9).flatmap(lambda top: st.tuples(st.just(top), st.integers(0, 2 * top))))
def test_half_steps_come_back_as_they_went(ladder: tuple[int, int]) -> None:
    top, half = ladder
    assert half_steps_of(level_of(half), partly=is_partly(half), top=top) == half


@pytest.mark.parametrize(
    ("half", "level", "partly"), [(0, 0, False), (1, 0, True), (2, 1, False), (5, 2, True), (6, 3, False)]
)
def test_an_answer_is_a_level_and_whether_the_next_is_begun(half: int, level: int, partly: bool) -> None:
    assert (level_of(half), is_partly(half)) == (level, partly)


def test_there_is_no_next_step_above_the_top() -> None:
    assert half_steps_of(3, partly=True, top=3) == 6
    assert half_steps_of(3, partly=True, top=4) == 7


@pytest.mark.parametrize("level", [-1, 4])
def test_a_level_outside_of_the_ladder_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="outside 0 to 3"):
        half_steps_of(level, partly=False, top=3)


def test_nobody_stands_below_the_floor() -> None:
    with pytest.raises(ValueError, match="start at 0"):
        level_of(-1)


@pytest.mark.parametrize(("levels", "words"), [(0, "0"), (0.5, "½"), (1.0, "1"), (1.5, "1½"), (3, "3")])
def test_a_value_is_written_with_a_half_sign_and_never_a_decimal(levels: float, words: str) -> None:
    assert in_halves(levels) == words


@pytest.mark.parametrize("levels", [0.25, -0.5, 1.49])
def test_what_is_not_in_half_steps_is_not_written(levels: float) -> None:
    with pytest.raises(ValueError, match="not in half-steps"):
        in_halves(levels)
