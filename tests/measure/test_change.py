"""When a change may be called growth, against the literature's own figures and the thresholds of our measurement."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.measure.change import (
    Z,
    claims_domain_change,
    claims_gap,
    claims_theme_change,
    domain_sem,
    reliable_change,
    smallest_claimable,
)
from trellis.measure.precision import PROVISIONAL, Components

QUICK = settings(max_examples=40, deadline=None, database=None)
LEVELS = st.integers(0, 6).map(lambda half: half / 2)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=9)


def test_the_reliable_change_of_jacobson_and_truax_is_reproduced() -> None:
    assert reliable_change(32.5, 47.5, sd=7.5, reliability=0.88) == pytest.approx(4.08, abs=0.01)


def test_a_fall_is_as_large_as_the_rise_with_the_other_sign() -> None:
    up = reliable_change(32.5, 47.5, sd=7.5, reliability=0.88)
    assert reliable_change(47.5, 32.5, sd=7.5, reliability=0.88) == pytest.approx(-up)
    assert reliable_change(40.0, 40.0, sd=7.5, reliability=0.88) == 0


@pytest.mark.parametrize("reliability", [1.0, 1.2, -0.1, math.nan])
def test_a_reliability_that_nothing_has_is_refused(reliability: float) -> None:
    with pytest.raises(ValueError, match="reliability"):
        reliable_change(1, 2, sd=1, reliability=reliability)


@pytest.mark.parametrize("sd", [0, -1.0])
def test_a_spread_that_nothing_has_is_refused(sd: float) -> None:
    with pytest.raises(ValueError, match="standard deviation"):
        reliable_change(1, 2, sd=sd, reliability=0.5)


def test_one_theme_must_change_by_about_one_level_and_a_half() -> None:
    assert smallest_claimable(PROVISIONAL.sem) == pytest.approx(1.6, abs=0.07)


def test_a_domain_of_five_themes_must_change_by_three_quarters_of_a_level() -> None:
    assert smallest_claimable(domain_sem(5, PROVISIONAL)) == pytest.approx(0.76, abs=0.02)


def test_the_smallest_claimable_change_is_the_reliable_change_index_at_its_limit() -> None:
    sd = 1.3
    sem = sd * math.sqrt(1 - 0.7)
    assert reliable_change(0, smallest_claimable(sem), sd=sd, reliability=0.7) == pytest.approx(Z)


def test_the_mean_of_more_themes_is_surer_but_never_surer_than_what_a_sitting_shares() -> None:
    sems = [domain_sem(themes, PROVISIONAL) for themes in range(1, 40)]
    assert sems == sorted(sems, reverse=True)
    assert sems[0] == PROVISIONAL.sem
    assert sems[-1] > math.sqrt(PROVISIONAL.shared)


@pytest.mark.parametrize("themes", [0, -1])
def test_the_mean_of_no_themes_has_no_error(themes: int) -> None:
    with pytest.raises(ValueError, match="at least one theme"):
        domain_sem(themes, PROVISIONAL)


@pytest.mark.parametrize(
    ("before", "after", "claimed"),
    [(0.0, 1.5, False), (0.0, 2.0, True), (3.0, 1.5, False), (3.0, 1.0, True), (1.0, 1.0, False)],
)
def test_a_theme_is_up_or_down_only_beyond_the_threshold(before: float, after: float, claimed: bool) -> None:
    assert claims_theme_change(before, after, PROVISIONAL) is claimed


def test_a_change_of_exactly_the_threshold_is_not_claimed() -> None:
    exact = Components(mean=1.0, person=1.0, error=(1 / (Z * math.sqrt(2))) ** 2, shared=0.0)
    limit = smallest_claimable(exact.sem)
    assert not claims_theme_change(0.0, limit, exact)
    assert claims_theme_change(0.0, math.nextafter(limit, 2), exact)


def test_a_domain_is_claimed_by_its_mean_and_not_by_one_leap() -> None:
    assert claims_domain_change([(1.0, 2.0)] * 4 + [(1.0, 1.0)], PROVISIONAL)
    assert not claims_domain_change([(1.0, 1.5)] * 5, PROVISIONAL)
    assert not claims_domain_change([(0.0, 3.0), (3.0, 0.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)], PROVISIONAL)


def test_without_pairs_nothing_is_claimed() -> None:
    assert not claims_domain_change([], PROVISIONAL)


@QUICK
@given(LEVELS, LEVELS)
def test_a_change_is_claimed_backwards_exactly_when_it_is_claimed_forwards(before: float, after: float) -> None:
    assert claims_theme_change(before, after, PROVISIONAL) == claims_theme_change(after, before, PROVISIONAL)


@QUICK
@given(PAIRS)
def test_a_domains_claim_does_not_hang_on_the_order_of_its_themes(pairs: list[tuple[float, float]]) -> None:
    assert claims_domain_change(pairs, PROVISIONAL) == claims_domain_change(pairs[::-1], PROVISIONAL)


@QUICK
@given(LEVELS, LEVELS)
def test_a_domain_of_one_theme_is_as_hard_to_move_as_the_theme(before: float, after: float) -> None:
    assert claims_domain_change([(before, after)], PROVISIONAL) == claims_theme_change(before, after, PROVISIONAL)


# what others see


def test_a_gap_is_claimed_beyond_both_errors_and_in_either_direction() -> None:
    # 1.96 * sqrt(.36 + .64) = 1.96
    assert not claims_gap(2.5, 0.55, own_error=0.36, others_error=0.64)
    assert claims_gap(2.5, 0.5, own_error=0.36, others_error=0.64)
    assert claims_gap(0.5, 2.5, own_error=0.36, others_error=0.64)
    assert not claims_gap(1.0, 1.0, own_error=0.36, others_error=0.0)
