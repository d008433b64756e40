"""Kappa against figures by hand and a jackknife, and what must hold for every two readers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.measure.agreement import kappa

QUICK = settings(max_examples=40, deadline=None, database=None)
READINGS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


def test_cohens_kappa_is_what_a_calculation_by_hand_gives() -> None:
    """Observed .70, expected by chance .6 * .5 + .4 * .5 = .50."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = kappa(first, second, weights="none")
    assert found.value == pytest.approx((0.7 - 0.5) / 0.5)
    assert found.pairs == 50
    # Fleiss, Cohen & Everitt (1969) for two categories, by hand.
    assert (found.low, found.high) == pytest.approx((0.4 - 1.96 * 0.1265, 0.4 + 1.96 * 0.1265), abs=0.005)


def test_quadratic_weights_are_what_a_calculation_by_hand_gives() -> None:
    """Squared steps apart: observed mean 3/6, expected mean of all pairings 8/6."""
    first, second = [0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 1]
    expected = np.mean([(one - two) ** 2 for one in first for two in second])
    assert kappa(first, second).value == pytest.approx(1 - (3 / 6) / expected)


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_the_interval_is_as_wide_as_leaving_out_each_pair_says(weights: str) -> None:
    random = np.random.default_rng(4)
    first = random.integers(0, 4, 120)
    second = np.clip(first + random.choice([-1, 0, 0, 0, 1, 2], 120), 0, 3)
    found = kappa(first, second, weights)
    without = np.array([kappa(np.delete(first, k), np.delete(second, k), weights).value for k in range(120)])
    jackknife = math.sqrt(119 / 120 * ((without - without.mean()) ** 2).sum())
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(jackknife, rel=0.04)


@QUICK
@given(READINGS)
def test_it_does_not_matter_who_read_first_or_which_way_the_categories_run(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    found, turned = kappa(first, second), kappa([-x for x in second], [-x for x in first])
    assert turned.value == pytest.approx(found.value, nan_ok=True)
    # A root of what is 0 but for rounding.
    assert turned.low == pytest.approx(found.low, abs=1e-6, nan_ok=True)


@QUICK
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_with_two_categories_all_weights_are_the_same(pairs: list[tuple[bool, bool]]) -> None:
    first, second = zip(*pairs, strict=True)
    values = [kappa(first, second, weights).value for weights in ("none", "linear", "quadratic")]
    assert values == pytest.approx([values[0]] * 3, nan_ok=True)


@QUICK
@given(st.lists(st.integers(0, 3), min_size=2, max_size=20).filter(lambda seen: len(set(seen)) > 1))
def test_readers_who_agree_have_a_kappa_of_one(readings: list[int]) -> None:
    found = kappa(readings, readings)
    assert (found.value, found.low, found.high) == pytest.approx((1.0, 1.0, 1.0))


def test_a_pair_with_a_missing_reading_is_left_out() -> None:
    assert kappa([0, 1, 2, None], [0, 1, 1, 1]) == kappa([0, 1, 2], [0, 1, 1])
    assert kappa([0.0, 1, 2, 2], [0, 1, 1, math.nan]).pairs == 3


def test_where_both_say_the_same_of_everything_nothing_is_known() -> None:
    assert math.isnan(kappa([2, 2, 2], [2, 2, 2]).value)


@pytest.mark.parametrize(
    ("first", "second", "extra"),
    [([1, 2], [1], {}), ([], [], {}), ([None], [1], {}), ([1], [1], {"weights": "cubic"}), ([1], [1], {"level": 1})],
)
def test_readings_that_cannot_be_compared_are_refused(first: list[int], second: list[int], extra: dict) -> None:
    with pytest.raises(ValueError, match=r"readings|weights|coverage"):
        kappa(first, second, **extra)
