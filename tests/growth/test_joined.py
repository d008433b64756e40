"""Three columns side by side: own answers, what others see, what is proven; and what may be said of a difference."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth.waves import TREE, WAVE, standing, wave
from trellis.assessment.estimates import provisional
from trellis.assessment.releasing import Report
from trellis.growth.bars import bars_of
from trellis.growth.joined import JoinedTheme, Proven, joined
from trellis.growth.seen import strength_of

CLOSED = dt.date(2026, 11, 2)
MODEL = provisional(TREE)


def beside(
    own: dict[str, int | None],
    seen: dict[str, dict[str, tuple[int, int]]] | None = None,
    attested: dict[str, tuple[int, ...]] | None = None,
) -> dict[str, JoinedTheme]:
    """Join what a person answered, medians by theme and kind, and levels with evidence; by theme code."""
    uids = {theme.code: theme.uid for theme in TREE.themes}
    report = None if seen is None else Report({}, {str(uids[code]): shown for code, shown in seen.items()}, (), {})
    found = joined(
        standing(wave(own)),
        MODEL,
        report=report,
        closed_on=CLOSED if report else None,
        attested={uids[code]: levels for code, levels in (attested or {}).items()},
        top=TREE.top,
    )
    return {theme.code: found[theme.uid] for theme in TREE.themes}


def test_without_others_and_evidence_there_is_only_ones_own_answer() -> None:
    found = beside({"AA.1": 3})["AA.1"]
    assert (found.mine.half_steps, found.others, found.proven, found.gap, found.asked) == (3, None, None, 0, False)


def test_each_kind_stands_by_itself_and_nothing_moves_ones_own_level() -> None:
    found = beside({"AA.1": 2}, {"AA.1": {"peer": (4, 7), "follower": (2, 5)}}, {"AA.1": (1,)})["AA.1"]
    assert found.mine.half_steps == 2
    assert found.others is not None
    assert [(seen.group, seen.half_steps, seen.raters) for seen in found.others.seen] == [
        ("follower", 2, 5),
        ("peer", 4, 7),
    ]
    assert (found.others.raters, found.others.closed_on) == (12, CLOSED)
    assert 2 <= found.others.half_steps <= 4
    assert found.proven == Proven((1,))


def test_more_raters_say_it_more_surely() -> None:
    few, many = (beside({}, {"AA.1": {"peer": (4, raters)}})["AA.1"].others for raters in (5, 60))
    assert few is not None
    assert many is not None
    assert many.high - many.low <= few.high - few.low
    assert (few.half_steps, many.half_steps) == (4, 4)


@given(WAVE, st.integers(0, 6), st.integers(5, 30))
@settings(max_examples=40, deadline=None, database=None)
def test_bars_stand_on_half_steps_hold_the_answer_and_stay_on_the_ladder(
    own: dict[str, int | None], median: int, raters: int
) -> None:
    found = beside(own, {"AA.1": {"peer": (median, raters)}})
    for theme in found.values():
        if theme.mine.half_steps is not None:
            assert 0 <= theme.mine.low <= theme.mine.half_steps / 2 <= theme.mine.high <= TREE.top
            assert float(2 * theme.mine.low).is_integer()
    others = found["AA.1"].others
    assert others is not None
    assert 0 <= others.low <= others.half_steps / 2 <= others.high <= TREE.top


def test_a_bar_says_nothing_that_the_released_median_does_not() -> None:
    """Whoever holds the report can work the bar out alone: equal medians and counts give equal bars."""
    left = beside({"AA.1": 0, "BB.1": 6}, {"AA.1": {"peer": (4, 7)}})["AA.1"].others
    right = beside({"AA.1": 5}, {"AA.1": {"peer": (4, 7)}, "AA.2": {"peer": (1, 7)}})["AA.1"].others
    assert left == right


@pytest.mark.parametrize(("own", "median", "gap"), [(0, 6, 1), (6, 0, -1), (3, 4, 0), (3, 3, 0), (None, 6, 0)])
def test_a_gap_is_claimed_only_beyond_chance(own: int | None, median: int, gap: int) -> None:
    assert beside({"AA.1": own}, {"AA.1": {"peer": (median, 12)}})["AA.1"].gap == gap


def test_the_smallest_gap_that_is_claimed_is_the_formulas() -> None:
    """1.96 * sqrt(SE_self^2 + SE_others^2), with pi/2 of the raters' variance over their number for a median."""
    model, raters = MODEL.model, 20
    others = (model.severity + model.halo + model.error) * math.pi / 2 / raters
    least = 1.96 * math.sqrt(model.error + others)
    for median in range(7):
        found = beside({"AA.1": 0}, {"AA.1": {"peer": (median, raters)}})["AA.1"]
        assert found.gap == (1 if median / 2 > least else 0)


def test_a_theme_that_too_few_have_seen_has_no_others_but_was_asked() -> None:
    found = beside({"AA.1": 3}, {"AA.2": {"peer": (4, 7)}})["AA.1"]
    assert (found.others, found.asked) == (None, True)


@pytest.mark.parametrize(
    ("levels", "level", "missing"),
    [((1,), 1, None), ((1, 2), 2, None), ((2,), 0, 1), ((1, 3), 1, 2), ((3,), 0, 1), ((1, 2, 3), 3, None)],
)
def test_evidence_counts_as_far_as_the_steps_below_are_there(
    levels: tuple[int, ...], level: int, missing: int | None
) -> None:
    assert (Proven(levels).level, Proven(levels).missing) == (level, missing)


def test_strength_grows_with_raters_and_differs_by_kind() -> None:
    assert [strength_of("peer", raters).word for raters in (1, 3, 5, 8)] == ["low", "fair", "good", "good"]
    assert (
        strength_of("lead", 1).reliability > strength_of("peer", 1).reliability > strength_of("follower", 1).reliability
    )
    assert strength_of("other", 5) == strength_of("follower", 5)


def test_the_rest_of_a_domain_moves_where_one_is_expected() -> None:
    keys = {theme.code: theme.id for theme in TREE.themes}
    low, high = (
        bars_of({keys["AA.1"]: 3} | {keys[code]: others for code in ("AA.2", "AA.3")}, MODEL, top=TREE.top)
        for others in (0, 6)
    )
    assert low.centres[keys["AA.1"]] < high.centres[keys["AA.1"]]
