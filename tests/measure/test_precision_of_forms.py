"""How sure an instrument of another reliability is about the same persons, and the deep form among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.measure.precision import PROVISIONAL, PROVISIONAL_DEEP, at_reliability, bar


@given(st.floats(0.05, 0.98))
def test_an_instrument_of_another_reliability_differs_in_its_error_alone(reliability: float) -> None:
    other = at_reliability(PROVISIONAL, reliability)
    assert other.reliability == pytest.approx(reliability)
    assert (other.mean, other.person) == (PROVISIONAL.mean, PROVISIONAL.person)
    assert other.shared / other.error == pytest.approx(PROVISIONAL.shared / PROVISIONAL.error)


def test_the_deep_form_is_as_sure_as_was_measured() -> None:
    """Of .587 between persons, .72 needs an error of .587 * .28 / .72 = .228: a SEM of .48 where one answer has .6."""
    assert PROVISIONAL_DEEP.reliability == pytest.approx(0.72)
    assert PROVISIONAL_DEEP.error == pytest.approx(0.2283, abs=1e-4)
    assert PROVISIONAL_DEEP.sem == pytest.approx(0.478, abs=1e-3)


@pytest.mark.parametrize("level", [0.0, 1.0, 2.0, 3.0])
def test_its_bar_is_never_wider(level: float) -> None:
    (low, high), (deep_low, deep_high) = (bar(level, parts, top=3) for parts in (PROVISIONAL, PROVISIONAL_DEEP))
    assert low <= deep_low <= level <= deep_high <= high


def test_its_bar_is_narrower_where_there_is_room() -> None:
    assert bar(2.0, PROVISIONAL, top=3) == (1.0, 2.5)
    assert bar(2.0, PROVISIONAL_DEEP, top=3) == (1.5, 2.5)


@pytest.mark.parametrize("reliability", [0.0, 1.0, -0.1, 1.2])
def test_a_reliability_that_nothing_has_is_refused(reliability: float) -> None:
    with pytest.raises(ValueError, match="reliability"):
        at_reliability(PROVISIONAL, reliability)
