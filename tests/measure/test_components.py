"""Variance components against the analysis of variance, R's lme4, and what the equations promise for every design."""

import sqlite3

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.measure.public_data import SHROUT_FLEISS, frame
from trellis.measure.at_scale import two_way_from, two_way_sql
from trellis.measure.components import Moments, moments_of, solve, two_way

QUICK = settings(max_examples=40, deadline=None, database=None)
Ratings = tuple[list[int], list[int], list[float]]


def long(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ratee, rater = np.indices(table.shape)
    return ratee.ravel(), rater.ravel(), table.ravel()


@st.composite
def crossed(draw: st.DrawFn, repeats: bool = False) -> Ratings:
    """Ratings by raters who each rated some of the persons; every design that can be solved, and maybe with repeats."""
    pairs = st.tuples(st.integers(0, 4), st.integers(0, 4))
    design = draw(st.lists(pairs, min_size=5, max_size=24, unique=not repeats))
    # Two persons rated by the same two raters: enough to tell the variances apart, in most designs.
    design = [*design, *(pair for pair in [(0, 0), (0, 1), (1, 0), (1, 1)] if repeats or pair not in design)]
    values = draw(st.lists(st.integers(0, 6), min_size=len(design), max_size=len(design)))
    ratee, rater = zip(*design, strict=True)
    return list(ratee), list(rater), [value / 2 for value in values]


def test_the_variances_of_shrout_and_fleiss_are_those_of_the_analysis_of_variance() -> None:
    """From the published mean squares: persons 11.2417, raters 32.4861, error 1.0194."""
    expected = (11.24167 - 1.01944) / 4, (32.48611 - 1.01944) / 6, 1.01944
    assert two_way(*long(SHROUT_FLEISS)) == pytest.approx(expected, abs=1e-4)


def test_the_penicillin_variances_of_lme4_are_reproduced() -> None:
    """Lme4's own example: standard deviations .8467, 1.9316 and .5499."""
    data = frame("lme4", "Penicillin")
    found = two_way(data["plate"], data["sample"], data["diameter"])
    assert np.sqrt(found) == pytest.approx([0.8467, 1.9316, 0.5499], abs=1e-4)


def test_the_lecture_ratings_of_lme4_come_near_its_own_estimates() -> None:
    """73,421 ratings, sparse and unbalanced; R lme4 1.1-31 (REML): .1062, .2737, 1.3872."""
    data = frame("lme4", "InstEval")
    found = two_way(data["s"].to_numpy(), data["d"].to_numpy(), data["y"])
    assert found == pytest.approx((0.1062, 0.2737, 1.3872), rel=0.08)


@QUICK
@given(crossed(repeats=True), *[st.floats(0.1, 3)] * 3)
def test_the_equations_give_back_the_variances_that_were_expected(
    ratings: Ratings, ratee: float, rater: float, residual: float
) -> None:
    """With the squares at their expectations, worked out from the whole covariance of the ratings, nothing is lost."""
    people, by, value = ratings
    seen = moments_of(people, by, value)
    of_ratee, of_rater = (np.equal.outer(codes, codes).astype(float) for codes in (np.array(people), np.array(by)))
    n = len(value)
    covariance = ratee * of_ratee + rater * of_rater + residual * np.eye(n)

    def expected(group: np.ndarray) -> float:
        return float(np.trace((np.eye(n) - group / group.sum(axis=1)) @ covariance))

    moments = Moments(
        n,
        seen.ratees,
        seen.raters,
        expected(of_ratee),
        expected(of_rater),
        expected(np.ones((n, n))),
        of_ratee.sum(),
        of_rater.sum(),
        seen.repeats,
    )
    try:
        found = solve(moments)
    except ValueError:
        reject()
    assert found == pytest.approx((ratee, rater, residual), abs=1e-6)


@QUICK
@given(crossed(), st.integers(-(10**6), 10**6), st.integers(1, 7))
def test_codes_order_and_zero_do_not_matter_and_the_unit_does_as_a_square(
    ratings: Ratings, shift: int, scale: int
) -> None:
    ratee, rater, value = ratings
    found = two_way(ratee, rater, value)
    named = [("unit", code) for code in reversed(ratee)]
    again = two_way(named, [f"r{code}" for code in reversed(rater)], [shift + scale * v for v in reversed(value)])
    assert again == pytest.approx(np.array(found) * scale**2, rel=1e-5, abs=1e-5)
    assert min(found) >= 0


@QUICK
@given(crossed())
def test_the_query_and_the_arrays_say_the_same(ratings: Ratings) -> None:
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE answers (leader, rater, half_steps)")
        rows = [*zip(*ratings, strict=True), (None, 1, 2.0), (1, None, 2.0), (1, 1, None)]
        database.executemany("INSERT INTO answers VALUES (?, ?, ?)", rows)
        row = database.execute(two_way_sql("answers", "leader", "rater", "half_steps")).fetchone()
    assert two_way_from(row) == pytest.approx(two_way(*ratings), abs=1e-9)
    database.close()


def test_a_million_far_from_zero_loses_no_digits() -> None:
    random = np.random.default_rng(6)
    ratee, rater = np.nonzero(random.random((200, 60)) < 0.2)
    value = random.normal(0, 1, 200)[ratee] + random.normal(0, 0.5, 60)[rater] + random.normal(0, 0.7, len(ratee))
    assert two_way(ratee, rater, 1e7 + value) == pytest.approx(two_way(ratee, rater, value), rel=1e-6)


def test_a_rating_that_misses_something_is_left_out() -> None:
    ratee, rater, value = (list(each) for each in long(SHROUT_FLEISS))
    holed = two_way([*ratee, None, 99, 0], [*rater, 1, 1, None], [*value, 5.0, np.nan, 5.0])
    assert holed == pytest.approx(two_way(ratee, rater, value))


def test_ratings_that_are_all_alike_have_no_variance() -> None:
    assert two_way(*long(np.full((4, 3), 0.1))) == (0.0, 0.0, 0.0)


def test_an_estimate_below_zero_is_none() -> None:
    table = np.array([[1.0, 2], [2, 1]])
    assert solve(moments_of(*long(table)))[0] < 0
    assert two_way(*long(table))[0] == 0


@pytest.mark.parametrize(
    ("ratee", "rater", "value", "says"),
    [
        ([1, 2, 3], [1, 1, 1], [1, 2, 3], "at least two"),
        ([1, 1, 2, 2], [1, 2, 3, 4], [1, 2, 3, 4], "too few"),
        ([1, 2, 3, 4], [1, 1, 2, 2], [1, 2, 3, 4], "too few"),
        ([1, 2], [1, 2], [1], "2 ratees, 2 raters and 1 values"),
        ([], [], [], "at least two"),
        ([1, 2], [1, 2], [np.inf, 1], "infinite"),
        ([1, 2], [1, 2], [[1], [2]], "one dimension"),
    ],
)
def test_ratings_that_cannot_tell_the_variances_apart_are_refused(
    ratee: list[int], rater: list[int], value: list[float], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        two_way(ratee, rater, value)


@pytest.mark.parametrize("name", ["answers; DROP TABLE x", "a.b.c", "", 'a"b', "1a"])
def test_only_plain_names_come_into_a_query(name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        two_way_sql(name)
    with pytest.raises(ValueError, match="plain name"):
        two_way_sql("answers", value=name)


@pytest.mark.parametrize("row", [(), (1,) * 7, (0, 0, 0, None, None, None, None, None)])
def test_an_answer_that_holds_no_ratings_is_refused(row: tuple[float | None, ...]) -> None:
    with pytest.raises(ValueError, match=r"expected the 8|at least two"):
        two_way_from(row)
