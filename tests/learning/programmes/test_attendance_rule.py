"""The attendance rule in words: what was reached, what can still be missed, and when it is too late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.learning.attendance_rule import Reached, Rule, attendance, rule_said

FIVE_OF_SIX = Rule(least=5, planned=6, first=True)


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([], "Nothing marked yet."),
        ([None], "Nothing marked yet."),
        ([True], "1 of 1 so far; you can miss one more."),
        ([True, True, True, True, False], "4 of 5 so far; you cannot miss another."),
        ([True] * 5, "5 of 5 so far: that is enough."),
        ([True, False, True, True, True, True], "5 of 6 so far: that is enough."),
        ([True, False, False], "1 of 3 so far; 5 can no longer be reached."),
        ([False, True], "1 of 2 so far, but the first session has to be one of them."),
    ],
)
def test_it_is_said_in_words(marks: list[bool | None], said: str) -> None:
    assert attendance(FIVE_OF_SIX, marks).said(to_self=True) == said


def test_about_somebody_else_it_is_said_without_you() -> None:
    found = attendance(Rule(least=4, planned=6, first=False), [True, True])
    assert found.said(to_self=True) == "2 of 2 so far; you can miss 2 more."
    assert found.said(to_self=False) == "2 of 2 so far; can miss 2 more."


def test_a_session_that_nobody_has_marked_counts_neither_way() -> None:
    found = attendance(FIVE_OF_SIX, [True, None, True])
    assert (found.came, found.held, found.spare, found.reached) == (2, 2, 1, Reached.OPEN)


def test_enough_is_not_enough_before_the_first_one_is_marked() -> None:
    assert attendance(FIVE_OF_SIX, [None, True, True, True, True, True]).reached == Reached.OPEN


def test_the_rule_itself_is_said_in_words() -> None:
    assert rule_said(FIVE_OF_SIX) == "At least 5 of 6 sessions, the first among them"
    assert rule_said(Rule(least=3, planned=4, first=False)) == "At least 3 of 4 sessions"
    assert rule_said(Rule(least=3, planned=3, first=True)) == "All 3 sessions"


@given(
    st.integers(1, 8).flatmap(lambda planned: st.tuples(st.integers(1, planned), st.just(planned), st.booleans())),
    st.lists(st.sampled_from([True, False, None]), max_size=8),
)
def test_who_has_lost_it_cannot_get_there_and_everybody_else_can(
    rule: tuple[int, int, bool], marks: list[bool | None]
) -> None:
    """The best that can still happen: every session that is not marked as missed is come to."""
    found = attendance(Rule(*rule), marks)
    best = [mark is not False for mark in marks] + [True] * max(0, rule[1] - len(marks))
    at_best = attendance(Rule(*rule), best)
    assert (found.reached == Reached.LOST) == (at_best.reached == Reached.LOST)
    assert (at_best.reached == Reached.LOST) == (sum(best) < rule[0] or (rule[2] and not best[0]))
