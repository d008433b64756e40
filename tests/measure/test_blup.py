"""Predictions against the closed form written out, and against the one-way case."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.measure.blup import RatingModel, blup, blup_by_person
from trellis.measure.precision import PROVISIONAL, shrink

QUICK = settings(max_examples=40, deadline=None, database=None)
BIAS = {"self": 0.4, "peer": 0.1, "follower": -0.1}
Ratings = list[tuple[int, str, str, float]]
RATINGS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from("abcde"),
        st.sampled_from(sorted(BIAS)),
        st.integers(0, 6).map(lambda h: h / 2),
    ),
    max_size=25,
)


def model(themes: int = 4, severity: float = 0.15, halo: float = 0.1, error: float = 0.4) -> RatingModel:
    person = 0.35 + 0.25 * np.eye(themes)
    return RatingModel(np.linspace(1.0, 2.0, themes), person, severity, halo, error, BIAS)


def written_out(ratings: Ratings, by: RatingModel) -> tuple[np.ndarray, np.ndarray]:
    """Theta = mu + C A^-1 (y - mu - b), variance K - C A^-1 C', with the matrix of ratings x ratings."""
    theme = np.array([rating[0] for rating in ratings], dtype=int)
    rater = np.array([rating[1] for rating in ratings])
    left = np.array([rating[3] - by.mean[rating[0]] - BIAS[rating[2]] for rating in ratings])
    of_all = by.person[np.ix_(theme, theme)] + (by.severity + by.halo) * (rater[:, None] == rater)
    weights = by.person[:, theme] @ np.linalg.inv(of_all + by.error * np.eye(len(theme)))
    return by.mean + weights @ left, by.person - weights @ by.person[theme]


@QUICK
@given(RATINGS)
def test_a_prediction_is_the_closed_form(ratings: Ratings) -> None:
    by = model()
    found = blup(*(zip(*ratings, strict=True) if ratings else ([], [], [], [])), model=by)
    level, variance = written_out(ratings, by)
    assert found.level == pytest.approx(level)
    assert found.variance == pytest.approx(variance)


@QUICK
@given(st.lists(st.integers(0, 6).map(lambda half: half / 2), max_size=12))
def test_one_theme_and_one_answer_per_rater_is_shrinkage(answers: list[float]) -> None:
    parts = PROVISIONAL
    one = RatingModel(
        np.array([parts.mean]),
        np.array([[parts.person]]),
        parts.error / 4,
        parts.error / 4,
        parts.error / 2,
        {"peer": 0},
    )
    k = len(answers)
    found = blup([0] * k, range(k), ["peer"] * k, answers, model=one)
    assert (found.level[0], found.variance[0, 0]) == pytest.approx(shrink(answers, parts))


@QUICK
@given(RATINGS, st.tuples(st.integers(0, 3), st.sampled_from("abcdef"), st.just("peer"), st.just(1.0)))
def test_another_rating_never_makes_less_sure(ratings: Ratings, more: tuple[int, str, str, float]) -> None:
    def spread(known: Ratings) -> np.ndarray:
        return np.diag(blup(*zip(*known, strict=True), model=model()).variance)

    before = spread(ratings) if ratings else np.diag(model().person)
    assert (spread([*ratings, more]) <= before + 1e-12).all()


def test_what_two_raters_say_counts_more_than_what_one_says_twice() -> None:
    by = model()
    once = blup([0, 1], ["a", "a"], ["peer"] * 2, [3.0, 3.0], model=by)
    twice = blup([0, 1], ["a", "b"], ["peer"] * 2, [3.0, 3.0], model=by)
    assert twice.level[2] > once.level[2] > by.mean[2]
    assert twice.variance[2, 2] < once.variance[2, 2]


def test_a_kind_of_rater_that_rates_high_is_taken_for_that() -> None:
    by = model()
    lenient = blup([0], ["a"], ["self"], [2.0], model=by)
    strict = blup([0], ["a"], ["follower"], [1.5], model=by)
    assert lenient.level == pytest.approx(strict.level)


def test_themes_that_always_go_together_need_no_inverse() -> None:
    same = RatingModel(np.zeros(3), np.ones((3, 3)), 0.1, 0.1, 0.5, BIAS)
    found = blup([1], ["a"], ["peer"], [2.1], model=same)
    assert found.level == pytest.approx([found.level[0]] * 3)
    assert found.level[0] == pytest.approx(2.0 / 1.7)


def test_a_local_of_two_hundred_leaders_is_predicted_leader_by_leader() -> None:
    random = np.random.default_rng(7)
    size = 200 * 33 * 4
    leader, theme = np.repeat(np.arange(200), 33 * 4), np.tile(np.arange(33), 200 * 4)
    rater = np.tile(np.repeat(np.arange(4), 33), 200)
    relation = np.array(sorted(BIAS))[rater % 3]
    value = random.integers(0, 7, size) / 2
    value[random.random(size) < 0.1] = np.nan
    order = random.permutation(size)
    by = model(33)
    found = blup_by_person(*(each[order] for each in (leader, theme, rater, relation, value)), model=by)
    assert sorted(found) == list(range(200))
    for one in (0, 77, 199):
        mine = leader == one
        alone = blup(theme[mine], rater[mine], relation[mine], value[mine], model=by)
        assert found[one].level == pytest.approx(alone.level)
        assert found[one].variance == pytest.approx(alone.variance)


def test_whoever_has_no_complete_rating_is_expected_in_the_middle() -> None:
    by = model()
    found = blup_by_person(["x", "y", None], [0, 0, 1], ["a", "a", "b"], ["peer"] * 3, [np.nan, 2.0, 1.0], model=by)
    assert set(found) == {"x", "y"}
    assert found["x"].level == pytest.approx(by.mean)
    assert found["x"].variance == pytest.approx(by.person)


@pytest.mark.parametrize(
    ("theme", "rater", "relation", "value", "says"),
    [
        ([4], ["a"], ["peer"], [1.0], "0 to 3"),
        ([-1], ["a"], ["peer"], [1.0], "0 to 3"),
        ([0.5], ["a"], ["peer"], [1.0], "whole number"),
        ([0], ["a"], ["neighbour"], [1.0], "neighbour"),
        ([0], ["a"], ["peer"], [np.inf], "infinite"),
        ([0, 1], ["a"], ["peer"], [1.0], "equally many"),
    ],
)
def test_ratings_that_do_not_fit_the_model_are_refused(
    theme: list[float], rater: list[str], relation: list[str], value: list[float], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        blup(theme, rater, relation, value, model=model())
    with pytest.raises(ValueError, match=says):
        blup_by_person(["x"] * len(theme), theme, rater, relation, value, model=model())


@pytest.mark.parametrize(
    "change",
    [
        {"person": np.eye(3)},
        {"person": np.array([[1.0, 2], [2, 1]])},
        {"person": np.array([[1.0, 0.2], [0.1, 1]])},
        {"person": np.full((2, 2), np.nan)},
        {"severity": -0.1},
        {"error": 0.0},
    ],
)
def test_a_model_that_nothing_follows_is_refused(change: dict[str, object]) -> None:
    fitting = {"mean": np.zeros(2), "person": np.eye(2), "severity": 0.1, "halo": 0.1, "error": 0.5, "bias": BIAS}
    RatingModel(**fitting)
    with pytest.raises(ValueError, match=r"covariance|variances|finite"):
        RatingModel(**(fitting | change))
