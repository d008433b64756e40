"""What a group gained: checked against plain computing, and against the rule for one person's change."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from trellis.measure.change import smallest_claimable
from trellis.measure.gain import COMPARED_FROM, Differences, differences, gain_of, pooled

ERROR = 0.36
PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=40)


@given(PAIRS)
def test_differences_are_mean_and_spread_of_after_less_before(pairs: list[tuple[int, int]]) -> None:
    found = differences(pairs)
    gains = [after - before for before, after in pairs]
    assert found.people == len(pairs)
    assert math.isclose(found.mean, statistics.fmean(gains), abs_tol=1e-12)
    assert math.isclose(found.spread, statistics.stdev(gains), abs_tol=1e-9)


@given(PAIRS, PAIRS)
def test_pooling_is_asking_together(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    together, apart = differences([*one, *other]), pooled([differences(one), differences(other)])
    assert apart.people == together.people
    assert math.isclose(apart.mean, together.mean, abs_tol=1e-9)
    assert math.isclose(apart.spread, together.spread, abs_tol=1e-6)


def test_the_interval_of_many_is_that_of_student() -> None:
    found = gain_of(Differences(144, 0.4, 1.2), ERROR)
    low, high = stats.t.interval(0.95, 143, loc=0.4, scale=1.2 / 12)
    assert found.value == 0.4
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert found.claim == 1


def test_fewer_are_drawn_towards_no_gain_and_nothing_is_claimed() -> None:
    few, more = (gain_of(Differences(n, 1.0, 0.9), ERROR) for n in (10, 40))
    assert 0 < few.value < more.value < 1.0
    assert few.high - few.low > more.high - more.low
    assert few.claim == more.claim == 0


@given(st.floats(-3, 3), st.floats(0, 2), st.integers(COMPARED_FROM, 5000))
def test_nothing_is_claimed_that_answering_twice_could_give(mean: float, spread: float, people: int) -> None:
    found = gain_of(Differences(people, mean, spread), ERROR)
    if found.claim:
        assert abs(mean) > smallest_claimable(math.sqrt(ERROR) / math.sqrt(people))


def test_one_person_is_no_group() -> None:
    for wrong in (lambda: differences([(0, 1)]), lambda: gain_of(Differences(1, 0.5, 0.0), ERROR), lambda: pooled([])):
        with pytest.raises(ValueError, match=r"two|nobody"):
            wrong()
