"""Where answers come from: moments against sums over every pair, and covariances that always are some."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from trellis.measure.sources import (
    LEAST_OWN,
    covariance,
    nearest_covariance,
    noise_within,
    structured,
    true_covariance,
)

QUICK = settings(max_examples=40, deadline=None, database=None)
DOMAIN = (0, 0, 0, 1, 1, 1)
HALVES = st.sampled_from([math.nan, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
TABLES = st.integers(1, 5).flatmap(lambda rows: arrays(np.float64, (rows, 4), elements=HALVES))


def by_every_pair(tables: list[np.ndarray]) -> tuple[float, float] | None:
    """The same moments, one pair of occasions and one pair of themes at a time."""
    products, squares = [], []
    for table in tables:
        for one, two in itertools.combinations(table, 2):
            apart = [a - b for a, b in zip(one, two, strict=True) if not math.isnan(a - b)]
            if len(apart) > 1 or any(_shares_two(*pair) for pair in itertools.combinations(table, 2)):
                squares += [each**2 for each in apart]
                products += [a * b for a, b in itertools.permutations(apart, 2)]
    if not products:
        return None
    whole = sum(squares) / len(squares) / 2
    shared = min(max(0.0, sum(products) / len(products) / 2), whole)
    return shared, whole - shared


def _shares_two(one: np.ndarray, two: np.ndarray) -> bool:
    return int((~np.isnan(one - two)).sum()) > 1


@QUICK
@given(st.lists(TABLES, min_size=1, max_size=4))
def test_noise_is_what_every_pair_of_occasions_says(tables: list[np.ndarray]) -> None:
    found, expected = noise_within(tables), by_every_pair(tables)
    assert (found is None) == (expected is None)
    if found is not None:
        assert (found.shared, found.error) == pytest.approx(expected, abs=1e-9)


def test_noise_comes_near_what_the_answers_were_made_with_however_levels_differ() -> None:
    rng = np.random.default_rng(7)
    tables = []
    for _ in range(400):
        raters = rng.integers(2, 12)
        level = rng.normal(0, 2, 10)  # another person, another profile: none of it may matter
        table = level + rng.normal(0, math.sqrt(0.3), (raters, 1)) + rng.normal(0, math.sqrt(0.5), (raters, 10))
        table[rng.random(table.shape) < 0.2] = math.nan
        tables.append(table)
    found = noise_within(tables)
    assert found is not None
    assert (found.shared, found.error) == pytest.approx((0.3, 0.5), rel=0.06)
    assert found.tables == 400


def test_without_two_answers_to_compare_there_is_no_noise_to_know() -> None:
    assert noise_within([]) is None
    assert noise_within([np.array([[1.0, 2.0]])]) is None
    assert noise_within([np.array([[1.0, math.nan], [math.nan, 2.0]])]) is None


def test_covariances_of_complete_answers_are_the_usual_ones() -> None:
    table = np.random.default_rng(3).normal(size=(50, 4))
    found, counts = covariance(table)
    assert found == pytest.approx(np.cov(table.T))
    assert (counts == 50).all()


def test_a_missing_answer_takes_nothing_from_the_other_themes() -> None:
    table = np.random.default_rng(3).normal(size=(50, 3))
    holed = table.copy()
    holed[:10, 2] = math.nan
    found, counts = covariance(holed)
    assert found[:2, :2] == pytest.approx(np.cov(table[:, :2].T))
    assert found[2, 2] == pytest.approx(np.var(table[10:, 2], ddof=1))
    assert counts[0].tolist() == [50, 50, 40]


def test_a_structured_matrix_is_its_own_structure() -> None:
    same = np.equal.outer(DOMAIN, DOMAIN)
    matrix = 0.2 + 0.1 * same + 0.3 * np.eye(6)
    assert structured(matrix, DOMAIN) == pytest.approx(matrix)


def test_a_theme_keeps_something_of_its_own_when_the_error_would_take_it_all() -> None:
    assert structured(np.full((6, 6), 0.5), DOMAIN) == pytest.approx(0.5 + LEAST_OWN * np.eye(6))


def test_true_levels_come_near_what_the_answers_were_made_with() -> None:
    rng = np.random.default_rng(5)
    same = np.equal.outer(DOMAIN, DOMAIN)
    truth = 0.2 + 0.15 * same + 0.25 * np.eye(6)
    table = rng.multivariate_normal(np.zeros(6), truth, 4000) + rng.normal(0, 0.6, (4000, 6))
    assert true_covariance(table, DOMAIN, error=0.36) == pytest.approx(truth, abs=0.05)
    assert true_covariance(table, DOMAIN, error=0.36, shared=0.05) == pytest.approx(truth - 0.05, abs=0.05)


def test_what_raters_add_never_takes_more_than_half_of_what_themes_have_in_common() -> None:
    rng = np.random.default_rng(5)
    table = rng.normal(0, 1, (500, 1)) + rng.normal(0, 1, (500, 6))
    all_taken = true_covariance(table, DOMAIN, error=0.1, shared=50.0)
    assert all_taken[0, 5] == pytest.approx(true_covariance(table, DOMAIN, error=0.1)[0, 5] / 2, rel=0.1)


@QUICK
@given(arrays(np.float64, (8, 6), elements=HALVES), st.floats(0, 1), st.floats(0, 1))
def test_whatever_people_answer_it_is_a_covariance(table: np.ndarray, error: float, shared: float) -> None:
    found = true_covariance(table, DOMAIN, error=error, shared=shared)
    assert np.isfinite(found).all()
    assert found == pytest.approx(found.T)
    assert np.linalg.eigvalsh(found).min() >= -1e-9


def test_a_covariance_is_left_as_it_is_and_two_people_are_too_few() -> None:
    matrix = np.array([[2.0, 1.0], [1.0, 2.0]])
    assert nearest_covariance(matrix) == pytest.approx(matrix)
    assert nearest_covariance(np.diag([1.0, -1.0])) == pytest.approx(np.diag([1.0, 0.0]))
    with pytest.raises(ValueError, match="at least three"):
        true_covariance(np.ones((2, 6)), DOMAIN, error=0.1)
