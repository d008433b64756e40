"""Reliability against published figures, and what must hold for every table of ratings or answers."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.measure.public_data import SHROUT_FLEISS, agreeableness
from trellis.measure.reliability import (
    ONE_RATER,
    alpha,
    alpha_interval,
    icc,
    icc_intervals,
    omega,
    omega_interval,
    rater_strength,
)

QUICK = settings(max_examples=40, deadline=None, database=None)
KEYS = ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
TABLES = st.tuples(st.integers(2, 9), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(0, 6).map(float))
)


def same(one: dict[str, float], other: dict[str, float]) -> None:
    assert list(one) == list(other)
    assert list(one.values()) == pytest.approx(list(other.values()), abs=1e-9, nan_ok=True)


def test_the_six_correlations_of_shrout_and_fleiss_are_reproduced() -> None:
    found = icc(SHROUT_FLEISS)
    assert list(found) == KEYS
    assert list(found.values()) == pytest.approx([0.16574, 0.28976, 0.71484, 0.44280, 0.62005, 0.90932], abs=1e-5)


def test_their_intervals_are_those_of_psych() -> None:
    """Figures of R psych 2.2.9, ICC(x, lmer = FALSE)."""
    expected = [
        (-0.132932, 0.722560),
        (0.018787, 0.761084),
        (0.342465, 0.945858),
        (-0.884442, 0.912415),
        (0.071137, 0.927232),
        (0.675675, 0.985892),
    ]
    found = icc_intervals(SHROUT_FLEISS)
    assert list(found) == KEYS
    assert np.array(list(found.values())) == pytest.approx(np.array(expected), abs=2e-6)


@QUICK
@given(TABLES, st.integers(-50, 50), st.integers(1, 9))
def test_neither_the_unit_nor_the_order_of_a_table_matters(table: np.ndarray, shift: int, scale: int) -> None:
    same(icc(table), icc(shift + scale * table[::-1, ::-1]))


@QUICK
@given(TABLES, st.data())
def test_severity_of_raters_counts_where_their_agreement_is_meant_and_not_where_consistency_is(
    table: np.ndarray, data: st.DataObject
) -> None:
    severity = data.draw(arrays(np.float64, table.shape[1], elements=st.integers(-3, 3).map(float)))
    before, after = icc(table), icc(table + severity)
    assert after["ICC3"] == pytest.approx(before["ICC3"], nan_ok=True)
    assert after["ICC3k"] == pytest.approx(before["ICC3k"], nan_ok=True)


@QUICK
@given(TABLES)
def test_the_mean_of_raters_follows_from_one_by_spearman_brown_and_is_alpha(table: np.ndarray) -> None:
    found, k = icc(table), table.shape[1]
    assume(not any(math.isnan(value) for value in found.values()))
    for key in KEYS[:3]:
        assert found[f"{key}k"] * (1 + (k - 1) * found[key]) == pytest.approx(k * found[key], abs=1e-9)
    assert found["ICC3k"] == pytest.approx(alpha(table))
    assert found["ICC3"] <= 1 + 1e-12


@QUICK
@given(TABLES)
def test_an_interval_holds_its_correlation_and_a_surer_one_is_wider(table: np.ndarray) -> None:
    found, wide, narrow = icc(table), icc_intervals(table, 0.99), icc_intervals(table, 0.80)
    for key in ("ICC1", "ICC3"):
        if not math.isnan(found[key]):
            (low, high), (inner_low, inner_high) = wide[key], narrow[key]
            assert low - 1e-9 <= inner_low <= found[key] + 1e-9
            assert found[key] - 1e-9 <= inner_high <= high + 1e-9


def test_a_correlation_whose_parts_cancel_out_is_not_known() -> None:
    """Mean squares 7/6, 6 and 19/2: 7/6 + (6 - 19/2) / 3 is 0, so that the mean of raters would not vary at all."""
    found = icc([[6, 1], [1, 4], [4, 0]])
    assert math.isnan(found["ICC2k"])
    assert np.isnan(icc_intervals([[6, 1], [1, 4], [4, 0]])["ICC2k"]).all()
    assert found["ICC2"] == pytest.approx(-1)


def test_raters_who_agree_perfectly_agree_perfectly() -> None:
    table = np.array([[1, 1, 1], [2, 2, 2], [5, 5, 5]])
    assert list(icc(table).values()) == pytest.approx([1.0] * 6)
    assert np.array(list(icc_intervals(table).values())) == pytest.approx(1.0)


def test_two_persons_and_two_raters_are_enough() -> None:
    """Squares by hand: persons 6.25, raters 2.25, error .25, each on one degree of freedom."""
    found = icc([[1, 2], [3, 5]])
    assert found["ICC1"] == pytest.approx(5 / 7.5)
    assert found["ICC2"] == pytest.approx(6 / 8.5)
    assert found["ICC3"] == pytest.approx(6 / 6.5)


@pytest.mark.parametrize("table", [np.full((4, 3), 0.1), np.full((2, 2), 1e9)])
def test_where_nothing_varies_nothing_is_known(table: np.ndarray) -> None:
    assert all(math.isnan(value) for value in icc(table).values())
    assert np.isnan(np.array(list(icc_intervals(table).values()))).all()
    assert math.isnan(alpha(table))
    assert np.isnan(alpha_interval(table)).all()


def test_a_person_with_a_missing_rating_is_left_out() -> None:
    holed = np.vstack([SHROUT_FLEISS, [9, np.nan, 1, 1]])
    same(icc(holed), icc(SHROUT_FLEISS))
    same(icc([*SHROUT_FLEISS.tolist(), [1, 2, None, 4]]), icc(SHROUT_FLEISS))
    same(icc(np.ma.masked_greater(np.vstack([SHROUT_FLEISS, [9, 99, 1, 1]]), 50)), icc(SHROUT_FLEISS))


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([1, 2, 3], "two dimensions"),
        ([[1], [2], [3]], "at least 2 columns"),
        ([[1, 2]], "at least 2 complete rows"),
        ([[1, 2], [np.nan, 2], [3, np.nan]], "at least 2 complete rows, found 1"),
        ([[1, 2], [math.inf, 2]], "infinite"),
        ([[1, 2], [1, 2, 3]], "inhomogeneous"),
    ],
)
def test_a_table_that_cannot_be_judged_is_refused(table: list[object], says: str) -> None:
    for function in (icc, icc_intervals, alpha, alpha_interval):
        with pytest.raises(ValueError, match=says):
            function(table)


def test_alpha_and_omega_of_the_big_five_inventory_are_reproduced() -> None:
    items = agreeableness()
    assert int((~np.isnan(items)).all(axis=1).sum()) == 2709
    assert alpha(items) == pytest.approx(0.703756, abs=1e-5)
    assert omega(items) == pytest.approx(0.714, abs=1e-3)
    assert omega(items) == pytest.approx(0.71413695, abs=1e-6), "R: factanal and cov"
    assert alpha_interval(items) == pytest.approx((0.68574464, 0.72103596), abs=1e-6), "R psych: alpha.ci"


def exactly(covariance: np.ndarray, persons: int = 40) -> np.ndarray:
    """Return answers that have this covariance to the last digit."""
    noise = np.random.default_rng(1).normal(size=(persons, len(covariance)))
    noise -= noise.mean(axis=0)
    root = np.linalg.cholesky(noise.T @ noise / persons)
    return noise @ np.linalg.inv(root).T @ np.linalg.cholesky(covariance).T


@QUICK
@given(st.lists(st.tuples(st.floats(0.3, 2.0), st.floats(0.2, 2.0)), min_size=3, max_size=8))
def test_omega_finds_the_factor_that_made_the_answers(items: list[tuple[float, float]]) -> None:
    loadings, own = np.array(items).T
    covariance = np.outer(loadings, loadings) + np.diag(own)
    found = omega(exactly(covariance))
    assert found == pytest.approx(loadings.sum() ** 2 / covariance.sum(), abs=1e-5)
    assert alpha(exactly(covariance)) <= found + 1e-5, "alpha never exceeds omega of one factor"


def test_items_of_equal_worth_have_the_same_alpha_and_omega() -> None:
    covariance = np.full((5, 5), 0.6) + np.eye(5)
    assert omega(exactly(covariance)) == pytest.approx(alpha(exactly(covariance)), abs=1e-6)


def test_neither_unit_nor_order_matters_to_omega_and_an_item_that_all_answer_alike_adds_nothing() -> None:
    items = exactly(np.array([[2.0, 0.5, 0.7, 0.2], [0.5, 1, 0.4, 0.3], [0.7, 0.4, 3, 0.6], [0.2, 0.3, 0.6, 1]]))
    with_constant = np.column_stack([items, np.full(len(items), 4.0)])
    assert omega(7 - 3 * items[:, ::-1]) == pytest.approx(omega(items), abs=1e-6)
    assert omega(with_constant) == pytest.approx(omega(items), abs=1e-9)


def test_more_items_than_persons_and_copied_items_still_have_an_omega() -> None:
    few = np.random.default_rng(2).normal(size=(5, 8)) + np.arange(5)[:, None]
    copied = np.column_stack([few[:, 0], few[:, 0], few[:, 1], few[:, 2]])
    assert 0 <= omega(few) <= 1.01
    assert 0 <= omega(copied) <= 1.01


def test_the_interval_of_omega_is_as_wide_as_leaving_out_each_person_says() -> None:
    random = np.random.default_rng(3)
    items = random.normal(size=(80, 1)) * [1, 0.8, 0.6, 1.2] + random.normal(size=(80, 4))
    without = np.array([omega(np.delete(items, person, axis=0)) for person in range(len(items))])
    jackknife = math.sqrt(79 / 80 * ((without - without.mean()) ** 2).sum())
    low, high = omega_interval(items)
    assert low < omega(items) < high
    assert (high - low) / (2 * 1.96) == pytest.approx(jackknife, rel=0.15)


@pytest.mark.parametrize("items", [[[1, 2], [2, 1], [3, 4]], [[1, 5, 2], [2, 5, 1], [3, 5, 4]], [[1, 2, 3], [3, 2, 1]]])
def test_a_factor_needs_three_items_that_vary_and_three_persons(items: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="at least"):
        omega(items)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_coverage_lies_between_0_and_1(level: float) -> None:
    for interval in (icc_intervals, alpha_interval, omega_interval):
        with pytest.raises(ValueError, match="coverage"):
            interval(SHROUT_FLEISS, level)


@pytest.mark.parametrize(
    ("kind", "k", "reliability", "word"),
    [
        ("followers", 1, 0.30, "low"),
        ("peers", 5, 0.7459, "good"),
        ("supervisors", 1, 0.50, "fair"),
        ("followers", 3, 0.5625, "fair"),
        ("followers", 0, 0.0, "low"),
    ],
)
def test_raters_together_are_stronger_than_one(kind: str, k: int, reliability: float, word: str) -> None:
    found = rater_strength(k, ONE_RATER[kind])
    assert found.reliability == pytest.approx(reliability, abs=1e-4)
    assert found.word == word


@QUICK
@given(st.integers(0, 60), st.floats(0.01, 0.99))
def test_another_rater_never_weakens(k: int, r1: float) -> None:
    assert rater_strength(k, r1).reliability < rater_strength(k + 1, r1).reliability <= 1


@pytest.mark.parametrize(("k", "r1"), [(-1, 0.5), (2, 1.1), (2, -0.1), (2, math.nan)])
def test_a_strength_of_nothing_that_exists_is_refused(k: int, r1: float) -> None:
    with pytest.raises(ValueError, match=r"reliability|raters"):
        rater_strength(k, r1)
