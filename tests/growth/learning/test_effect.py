"""What sessions changed is released in batches of ten people or more, and no subtraction finds fewer."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.growth.effect import GREW, HIDDEN, HINT, LESS, NO_CHANGE, SHIFTED, Batch, Told, next_batches, shown
from trellis.measure.gain import Differences
from trellis.measure.precision import PROVISIONAL

ERROR = PROVISIONAL.error
SESSIONS = st.lists(st.sets(st.integers(0, 60), max_size=25), max_size=12)


def told(people: set[int]) -> dict[int, Told]:
    return {person: Told(person % 4, 2 + person % 3, person % 3) for person in people}


def waiting(rooms: list[set[int]]) -> list[tuple[str, dict[int, Told]]]:
    return [(f"s{number}", told(people)) for number, people in enumerate(rooms)]


def batch(people: int, before: float, then: float, spread: float = 0.8) -> Batch:
    return Batch(("s",), Differences(people, before, spread), Differences(people, then, spread))


def says(*batches: Batch) -> str:
    return shown(batches, ERROR, top=3).says


def test_a_session_of_ten_is_a_batch_and_one_of_nine_waits() -> None:
    assert [one.people for one in next_batches(waiting([set(range(10))]))[0]] == [10]
    assert next_batches(waiting([set(range(9))])) == ([], ("s0",))


def test_small_sessions_are_released_together() -> None:
    found, rest = next_batches(waiting([set(range(6)), set(range(6, 12)), set(range(3))]))
    assert [(one.sessions, one.people) for one in found] == [(("s0", "s1"), 12)]
    assert rest == ("s2",)


def test_who_came_twice_counts_once() -> None:
    assert next_batches(waiting([set(range(6)), set(range(9))])) == ([], ("s0", "s1"))


def test_no_threshold_below_ten_is_taken() -> None:
    with pytest.raises(ValueError, match="threshold"):
        next_batches([], 9)


@given(SESSIONS)
def test_every_batch_and_every_difference_of_sums_has_ten_people(rooms: list[set[int]]) -> None:
    found, rest = next_batches(waiting(rooms))
    assert all(one.people >= 10 for one in found)
    # Each session stands in one batch at most, so whatever totals are compared, they differ by whole batches.
    sessions = [session for one in found for session in one.sessions]
    assert [*sessions, *rest] == [f"s{number}" for number in range(len(rooms))]


@given(SESSIONS, st.integers(0, 12))
def test_a_batch_never_changes_when_more_sessions_close(rooms: list[set[int]], first: int) -> None:
    early, _rest = next_batches(waiting(rooms[:first]))
    late, _rest = next_batches(waiting(rooms))
    assert late[: len(early)] == early


@given(SESSIONS)
def test_the_total_is_that_of_everybody_in_the_batches(rooms: list[set[int]]) -> None:
    found, _rest = next_batches(waiting(rooms))
    if not found:
        assert shown(found, ERROR, top=3).is_hidden
        return
    at = {f"s{number}": people for number, people in enumerate(rooms)}
    everybody = itertools.chain.from_iterable(set().union(*(at[session] for session in one.sessions)) for one in found)
    gains = [(answers.after - answers.before) / 2 for person in everybody for answers in told({person}).values()]
    total = shown(found, ERROR, top=3)
    assert total.people == len(gains)
    assert total.before is not None
    if total.people >= 100:
        assert abs(total.before.mean.value - sum(gains) / len(gains)) <= 0.051


def test_without_a_batch_nothing_is_said() -> None:
    assert says() == HIDDEN


def test_of_fewer_than_a_hundred_nothing_is_claimed() -> None:
    assert says(batch(99, 1.0, 1.0)) == HINT


def test_growth_is_claimed_only_where_both_comparisons_show_it() -> None:
    assert says(batch(120, 0.5, 0.6)) == GREW
    assert says(batch(120, 0.05, 0.6)) == SHIFTED
    assert says(batch(120, 0.5, 0.05)) == NO_CHANGE
    assert says(batch(120, 0.05, 0.05)) == NO_CHANGE
    assert says(batch(120, -0.5, 0.6)) == LESS


def test_batches_of_sixty_make_a_claim_together() -> None:
    assert says(batch(60, 0.5, 0.5), batch(60, 0.6, 0.6)) == GREW


def test_a_figure_at_the_end_of_the_scale_is_coded_and_has_no_bar() -> None:
    figure = shown([batch(12, 3.0, 2.9, spread=0.0)], ERROR, top=3).before
    assert figure is not None
    assert str(figure.mean).startswith("≥")
    assert not figure.has_bar


def test_a_group_in_which_all_say_the_same_does_not_tell_it_by_its_bar() -> None:
    same = shown([batch(30, 0.5, 0.5, spread=0.0)], ERROR, top=3).before
    usual = shown([batch(30, 0.5, 0.5, spread=0.7)], ERROR, top=3).before
    assert same == usual
