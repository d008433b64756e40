"""How alike two readers judge, as a pure calculation."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.growth.double_reading import DoubleReading, agreement_of
from trellis.measure.agreement import kappa

ANSWERS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=4)


def reading(*pairs: tuple[int, int], same: bool = True) -> DoubleReading:
    return DoubleReading(
        {place: first for place, (first, _) in enumerate(pairs)},
        {place: second for place, (_, second) in enumerate(pairs)},
        same,
    )


def drawn(count: int, alike: float, seed: int = 7) -> list[DoubleReading]:
    """Readings of three statements each, in which the second reader repeats the first so often."""
    source = random.Random(seed)
    found = []
    for _ in range(count):
        firsts = [source.choice((0, 1, 2)) for _ in range(3)]
        found.append(reading(*((a, a if source.random() < alike else source.choice((0, 1, 2))) for a in firsts)))
    return found


@pytest.mark.parametrize("count", [0, 1, 9])
def test_below_ten_nothing_but_the_number_is_said(count: int) -> None:
    found = agreement_of(drawn(count, 0.8))
    assert (found.n, found.statements, found.same, found.kappa, found.interval) == (count, None, None, None, None)


def test_it_is_the_weighted_kappa_of_all_answers() -> None:
    readings = drawn(40, 0.7)
    first = [each.first[place] for each in readings for place in each.first]
    second = [each.second[place] for each in readings for place in each.first]
    found = agreement_of(readings)
    assert found.kappa == pytest.approx(kappa(first, second, "quadratic").value)
    assert (found.n, found.statements) == (40, 120)
    assert found.interval is not None
    assert found.interval[0] < found.kappa < found.interval[1]


def test_two_who_always_say_the_same_agree_for_certain() -> None:
    found = agreement_of([reading((0, 0), (2, 2)) for _ in range(12)])
    assert found.kappa == pytest.approx(1)
    assert found.interval == pytest.approx((1, 1))


def test_where_nothing_varies_there_is_no_figure() -> None:
    found = agreement_of([reading((2, 2), (2, 2)) for _ in range(12)])
    assert (found.n, found.kappa, found.interval) == (12, None, None)


def test_statements_that_one_reader_left_out_do_not_count() -> None:
    readings = [DoubleReading({"a": 2, "b": 1}, {"a": 2}, same_decision=False) for _ in range(11)]
    found = agreement_of(readings)
    assert (found.statements, found.same) == (11, 0)


def test_answers_that_hang_together_make_the_interval_wider() -> None:
    """Ten pieces whose answers are each given five times say no more than ten pieces."""
    readings = drawn(30, 0.6)
    once = agreement_of(readings)
    repeated = agreement_of(
        [
            DoubleReading(
                {(key, copy): value for key, value in each.first.items() for copy in range(5)},
                {(key, copy): value for key, value in each.second.items() for copy in range(5)},
                each.same_decision,
            )
            for each in readings
        ]
    )
    assert repeated.kappa == pytest.approx(once.kappa)
    assert repeated.interval == pytest.approx(once.interval)


def test_the_interval_holds_the_true_value_about_as_often_as_it_says() -> None:
    """The truth is what twenty thousand pieces give; 200 samples of 40 pieces each, sought in 95 % of them."""
    truth = agreement_of(drawn(20_000, 0.6, seed=1)).kappa
    assert truth is not None
    intervals = [agreement_of(drawn(40, 0.6, seed=seed)).interval for seed in range(100, 300)]
    held = sum(interval is not None and interval[0] <= truth <= interval[1] for interval in intervals)
    assert 176 <= held <= 200


@given(st.lists(ANSWERS, min_size=10, max_size=60))
def test_every_figure_stays_on_its_scale(pieces: list[list[tuple[int, int]]]) -> None:
    found = agreement_of([reading(*pairs) for pairs in pieces])
    assert found.n == len(pieces)
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1 + 1e-9
    if found.interval is not None:
        assert found.kappa is not None
        assert -1 <= found.interval[0] <= found.kappa + 1e-9
        assert found.interval[1] >= found.kappa - 1e-9
