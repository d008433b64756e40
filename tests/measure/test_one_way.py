"""Agreement of raters drawn anew for each person: the published value, and groups of any size."""

import math

import numpy as np
import pytest

from tests.measure.public_data import SHROUT_FLEISS
from trellis.measure.one_way import one_way
from trellis.measure.reliability import icc, icc_intervals


def test_groups_of_equal_size_give_the_published_icc1_and_its_interval() -> None:
    found = one_way(SHROUT_FLEISS)
    assert found.value == pytest.approx(0.16574, abs=1e-5)
    assert found.value == pytest.approx(icc(SHROUT_FLEISS)["ICC1"])
    assert (found.low, found.high) == pytest.approx(icc_intervals(SHROUT_FLEISS)["ICC1"])
    assert (found.ratees, found.ratings, found.usual) == (6, 24, 4)


def test_who_has_one_rater_says_nothing_about_agreement() -> None:
    groups = [*SHROUT_FLEISS, np.array([10.0]), np.array([10.0, math.nan]), np.array([])]
    assert one_way(groups) == one_way(SHROUT_FLEISS)


def test_groups_of_different_size_come_near_what_they_were_made_with() -> None:
    rng = np.random.default_rng(11)
    groups = [rng.normal(0, math.sqrt(0.4)) + rng.normal(0, math.sqrt(0.6), rng.integers(2, 15)) for _ in range(3000)]
    found = one_way(groups)
    assert found.value == pytest.approx(0.4, abs=0.02)
    assert found.low < 0.4 < found.high
    assert found.high - found.low < 0.06


def test_raters_who_always_agree_agree_wholly_and_one_value_for_all_says_nothing() -> None:
    same = one_way([np.full(3, 1.0), np.full(3, 2.0)])
    assert (same.value, same.low, same.high) == (1, 1, 1)
    nothing = one_way([np.full(3, 2.0), np.full(4, 2.0)])
    assert math.isnan(nothing.value)
    assert math.isnan(nothing.low)


def test_two_people_and_a_coverage_are_needed() -> None:
    with pytest.raises(ValueError, match="at least two persons"):
        one_way([np.array([1.0, 2.0]), np.array([1.0])])
    with pytest.raises(ValueError, match="coverage"):
        one_way(SHROUT_FLEISS, level=1.0)
