"""How sure one answer is: shrinkage against a calculation by hand, and what must hold for every bar."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.measure.precision import PROVISIONAL, Components, bar, combine, median_error, shrink

QUICK = settings(max_examples=40, deadline=None, database=None)
HALVES = st.integers(0, 6)
VARIANCES = st.floats(0.01, 4.0)


@st.composite
def components(draw: st.DrawFn) -> Components:
    """Any components that a pilot could bring."""
    error = draw(VARIANCES)
    return Components(draw(st.floats(0, 3)), draw(VARIANCES), error, error * draw(st.floats(0, 1)))


def by_hand(answers: list[int], mean: Fraction, person: Fraction, error: Fraction) -> tuple[Fraction, Fraction]:
    """Return prediction and variance in exact fractions, from the conditional normal and not from the closed form.

    The precision of a prediction is the sum of the precisions that it stands on; it leans on each by its precision.
    """
    precision = 1 / person + len(answers) / error
    return (mean / person + sum(answers) / error) / precision, 1 / precision


@pytest.mark.parametrize("answers", [[], [3], [0], [2, 3], [0, 3, 3], [1] * 12])
def test_shrinkage_is_what_a_calculation_by_hand_gives(answers: list[int]) -> None:
    mean, person, error = Fraction(3, 2), Fraction(587, 1000), Fraction(36, 100)
    predicted, variance = by_hand(answers, mean, person, error)
    found = shrink(list(map(float, answers)), Components(float(mean), float(person), float(error), 0.0))
    assert found == (pytest.approx(float(predicted)), pytest.approx(float(variance)))


def test_one_answer_of_three_is_drawn_towards_the_middle_by_its_reliability() -> None:
    predicted, variance = shrink([3.0], PROVISIONAL)
    assert PROVISIONAL.reliability == pytest.approx(0.62, abs=0.001)
    assert predicted == pytest.approx(1.5 + 0.62 * 1.5, abs=0.002)
    assert variance == pytest.approx(0.587 * 0.38, abs=0.002)


def test_without_an_answer_a_person_is_expected_in_the_middle() -> None:
    assert shrink([], PROVISIONAL) == (PROVISIONAL.mean, PROVISIONAL.person)


@QUICK
@given(st.lists(HALVES, min_size=1, max_size=20), components())
def test_a_prediction_lies_between_the_middle_and_the_answers(halves: list[int], parts: Components) -> None:
    answers = [half / 2 for half in halves]
    observed = sum(answers) / len(answers)
    predicted, variance = shrink(answers, parts)
    low, high = sorted((parts.mean, observed))
    assert low - 1e-9 <= predicted <= high + 1e-9
    assert 0 <= variance < parts.person


@QUICK
@given(HALVES, st.integers(1, 30), components())
def test_more_answers_make_it_surer_and_draw_it_less(half: int, count: int, parts: Components) -> None:
    fewer, more = shrink([half / 2] * count, parts), shrink([half / 2] * (count + 1), parts)
    assert more[1] < fewer[1]
    assert abs(more[0] - half / 2) <= abs(fewer[0] - half / 2) + 1e-9


@QUICK
@given(HALVES, components())
def test_a_bar_holds_the_answer_stays_on_the_ladder_and_stands_on_half_steps(half: int, parts: Components) -> None:
    low, high = bar(half / 2, parts, top=3)
    assert 0 <= low <= half / 2 <= high <= 3
    assert (2 * low).is_integer()
    assert (2 * high).is_integer()


@QUICK
@given(HALVES, components())
def test_a_bar_is_about_one_error_to_each_side_of_the_prediction(half: int, parts: Components) -> None:
    low, high = bar(half / 2, parts, top=3)
    predicted, _ = shrink([half / 2], parts)
    assert low <= max(0.0, predicted - parts.sem + 0.25)
    assert high >= min(3.0, predicted + parts.sem - 0.25)
    assert low >= min(half / 2, max(0.0, predicted - parts.sem - 0.25)) - 1e-9
    assert high <= max(half / 2, predicted + parts.sem + 0.25) + 1e-9


@QUICK
@given(components())
def test_a_higher_answer_never_has_a_lower_bar(parts: Components) -> None:
    bars = [bar(half / 2, parts, top=3) for half in range(7)]
    assert bars == sorted(bars)
    assert [high for _, high in bars] == sorted(high for _, high in bars)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(0.0, (0.0, 1.0)), (1.0, (0.5, 2.0)), (1.5, (1.0, 2.0)), (2.0, (1.0, 2.5)), (3.0, (2.0, 3.0))],
)
def test_the_bars_that_people_see_today(answer: float, expected: tuple[float, float]) -> None:
    assert bar(answer, PROVISIONAL, top=3) == expected


def test_a_ladder_of_two_levels_ends_its_bars_there() -> None:
    assert bar(2.0, PROVISIONAL, top=2) == (1.0, 2.0)


def test_the_error_of_measurement_is_the_root_of_its_variance() -> None:
    assert math.isclose(PROVISIONAL.sem, 0.6)


# several observations, each as sure as it is


@given(st.floats(-5, 5), st.floats(0.1, 5), st.lists(st.floats(-5, 5), max_size=6), st.floats(0.1, 5))
def test_equal_observations_are_combined_as_a_one_way_model_shrinks_them(
    mean: float, person: float, values: list[float], error: float
) -> None:
    parts = Components(mean=mean, person=person, error=error, shared=0.0)
    combined = combine(mean, person, [(value, error) for value in values])
    assert combined == pytest.approx(shrink(values, parts), abs=1e-9)


def test_a_surer_observation_weighs_more() -> None:
    assert combine(0.0, 1.0, [(2.0, 0.01)])[0] > combine(0.0, 1.0, [(2.0, 4.0)])[0]
    with pytest.raises(ValueError, match="above 0"):
        combine(0.0, 1.0, [(2.0, 0.0)])


def test_a_median_is_less_sure_than_a_mean_and_no_less_than_one_rater() -> None:
    assert median_error(1.0, 1) == 1.0
    assert median_error(1.0, 20) == pytest.approx(math.pi / 2 / 20)
    assert median_error(2.0, 20) == 2 * median_error(1.0, 20)
    with pytest.raises(ValueError, match="needs raters"):
        median_error(1.0, 0)


def test_the_error_of_a_median_is_what_normal_samples_show() -> None:
    drawn = np.random.default_rng(7).normal(size=(4000, 25))
    assert float(np.median(drawn, axis=1).var()) == pytest.approx(median_error(1.0, 25), rel=0.1)
