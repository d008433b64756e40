"""Proportional odds against R's figures, and what must hold for every fit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from tests.measure.public_data import wine
from trellis.measure.ordinal import OrdinalFit, proportional_odds

QUICK = settings(max_examples=40, deadline=None, database=None)
PEOPLE = st.lists(
    st.tuples(st.integers(0, 4), st.integers(-5, 5), st.integers(0, 1)).map(lambda row: tuple(map(float, row))),
    min_size=4,
    max_size=40,
)


def loglik(fit: OrdinalFit, answer: np.ndarray, predictors: np.ndarray) -> float:
    """The log-likelihood from its definition, as differences of probabilities."""
    below = expit(np.concatenate([[-np.inf], fit.thresholds, [np.inf]])[:, None] - predictors @ fit.slopes)
    place = np.searchsorted(fit.categories, answer)
    people = np.arange(len(answer))
    return float(np.log(below[place + 1, people] - below[place, people]).sum())


def test_the_bitterness_of_wine_is_reproduced() -> None:
    rating, predictors = wine()
    found = proportional_odds(rating, predictors)
    assert found.slopes == pytest.approx([2.50307, 1.52779], abs=1e-3)
    assert found.loglik == pytest.approx(-86.4919, abs=1e-3)
    assert found.thresholds == pytest.approx([-1.34438, 1.25081, 3.46689, 5.00640], abs=1e-4)
    assert list(found.categories) == [1, 2, 3, 4, 5]


@QUICK
@given(PEOPLE)
def test_nothing_near_the_fit_is_more_likely(people: list[tuple[float, float, float]]) -> None:
    answer, *columns = np.array(people).T
    predictors = np.column_stack(columns)
    found = proportional_odds(answer, predictors)
    if len(found.categories) < 2 or np.abs(found.slopes).max() > 8:
        # One category, or predictors that separate the answers: the likelihood has no summit.
        assert found.loglik <= 0
        return
    assert loglik(found, answer, predictors) == pytest.approx(found.loglik, abs=1e-6)
    for change in np.vstack([np.eye(2), -np.eye(2)]) * 0.02:
        moved = OrdinalFit(found.categories, found.thresholds, found.slopes + change, 0.0)
        assert loglik(moved, answer, predictors) <= found.loglik + 1e-7
    for cut in range(len(found.thresholds)):
        for change in (0.005, -0.005):
            thresholds = found.thresholds.copy()
            thresholds[cut] += change
            if (np.diff(thresholds) > 0).all():
                moved = OrdinalFit(found.categories, thresholds, found.slopes, 0.0)
                assert loglik(moved, answer, predictors) <= found.loglik + 1e-7


@QUICK
@given(PEOPLE, st.integers(-(10**9), 10**9), st.sampled_from([2.0**-10, 1.0, 2.0**20]))
def test_the_unit_and_the_zero_of_a_predictor_do_not_matter(
    people: list[tuple[float, float, float]], shift: int, scale: float
) -> None:
    answer, first, second = np.array(people).T
    before = proportional_odds(answer, np.column_stack([first, second]))
    after = proportional_odds(10 * answer - 3, np.column_stack([shift + scale * first, second]))
    assert after.loglik == pytest.approx(before.loglik, abs=1e-5)


def test_turning_the_answers_turns_the_slopes() -> None:
    rating, predictors = wine()
    found, turned = proportional_odds(rating, predictors), proportional_odds(-rating, predictors)
    assert turned.slopes == pytest.approx(-found.slopes)
    assert turned.thresholds == pytest.approx(-found.thresholds[::-1])


def test_without_predictors_the_categories_have_their_shares() -> None:
    found = proportional_odds([1, 1, 2, 5], np.empty((4, 0)))
    assert found.loglik == pytest.approx(2 * np.log(0.5) + 2 * np.log(0.25))
    assert expit(found.thresholds) == pytest.approx([0.5, 0.75])


def test_predictors_that_separate_the_answers_come_to_the_likelihoods_limit() -> None:
    total = np.arange(30.0)
    assert proportional_odds(np.repeat([0, 1, 2], 10), total[:, None]).loglik == pytest.approx(0, abs=1e-6)
    # Half of them is separated: what is left is the coin of the other half.
    found = proportional_odds(
        [0, 0, 1, 0, 1], np.array([[0.0], [0], [0], [1], [1]]) * 0 + [[0], [0], [1], [0.5], [0.5]]
    )
    assert found.loglik == pytest.approx(2 * np.log(0.5), abs=1e-6)


def test_predictors_that_say_the_same_twice_or_nothing_change_nothing() -> None:
    rating, predictors = wine()
    alone = proportional_odds(rating, predictors).loglik
    twice = np.column_stack([predictors, predictors[:, 0], np.full(len(rating), 7.0)])
    found = proportional_odds(rating, twice)
    assert found.loglik == pytest.approx(alone, abs=1e-8)
    assert found.slopes[0] + found.slopes[2] == pytest.approx(2.50310, abs=1e-3)
    assert found.slopes[3] == 0


def test_one_category_is_certain() -> None:
    found = proportional_odds([3, 3, 3], [[1], [2], [3]])
    assert (found.loglik, list(found.slopes), len(found.thresholds)) == (0.0, [0.0], 0)


@pytest.mark.parametrize(
    ("answer", "predictors"),
    [([1, 2], [[1]]), ([1, 2], [1, 2]), ([[1], [2]], [[1], [2]]), ([], np.empty((0, 1))), ([1, np.nan], [[1], [2]])],
)
def test_answers_and_predictors_must_fit_together(answer: list[float], predictors: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"expected n answers|finite"):
        proportional_odds(answer, predictors)
