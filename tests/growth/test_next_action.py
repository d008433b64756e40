"""What to grow next: by a role's targets, by a chosen domain, or by what is nearest. No database."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.trees import grow
from tests.growth.waves import TREE, WAVE, standing, wave
from trellis.growth.next_action import Gap, gaps, strengths

QUICK = settings(max_examples=40, deadline=None, database=None)


def ways(
    answers: Mapping[str, int | None], targets: Mapping[str, int] | None = None, focus: str = ""
) -> list[tuple[str, int, int, str]]:
    """Return theme, next level, target and reason of each way, the best first."""
    found = gaps(standing(wave(answers)), targets=targets or {}, focus_domain=focus, top=3)
    return [(gap.standing.theme.code, gap.cell.level, gap.target, gap.reason) for gap in found]


def test_the_largest_gap_to_the_role_comes_first() -> None:
    answers, targets = {"AA.1": 2, "AA.2": 3, "AA.3": 2}, {"AA.1": 2, "AA.2": 3, "AA.3": 3}
    assert ways(answers, targets) == [("AA.3", 2, 3, "role"), ("AA.2", 2, 3, "role"), ("AA.1", 2, 2, "role")]


def test_of_equal_gaps_the_lower_rung_comes_first_and_then_the_frameworks_order() -> None:
    answers, targets = {"AA.1": 4, "AA.2": 2, "AA.3": 2}, {"AA.1": 3, "AA.2": 2, "AA.3": 2}
    assert [way[0] for way in ways(answers, targets)] == ["AA.2", "AA.3", "AA.1"]


def test_a_way_leads_to_the_next_rung_and_not_at_once_to_the_target() -> None:
    assert ways({"AA.1": 1}, {"AA.1": 3}) == [("AA.1", 1, 3, "role")]


def test_below_the_roles_targets_comes_before_everything_else() -> None:
    answers, targets = {"AA.1": 0, "AA.2": 5, "BB.1": 3}, {"AA.2": 3}
    assert [(code, reason) for code, _, _, reason in ways(answers, targets)] == [
        ("AA.2", "role"),
        ("BB.1", "begun"),
        ("AA.1", "lowest"),
    ]


def test_who_has_reached_the_targets_goes_on_with_what_is_nearest() -> None:
    assert ways({"AA.1": 4, "AA.2": 5}, {"AA.1": 2, "AA.2": 1}) == [
        ("AA.2", 3, 3, "begun"),
        ("AA.1", 3, 3, "lowest"),
    ]


def test_without_a_role_the_begun_step_comes_first_and_then_the_lowest() -> None:
    assert ways({"AA.1": 4, "AA.2": 0, "AA.3": 3, "BB.1": 1}) == [
        ("BB.1", 1, 1, "begun"),
        ("AA.3", 2, 2, "begun"),
        ("AA.2", 1, 1, "lowest"),
        ("AA.1", 3, 3, "lowest"),
    ]


def test_with_a_focus_only_that_domain_counts() -> None:
    assert ways({"AA.1": 1, "BB.1": 4, "BB.2": 3}, focus="BB") == [("BB.2", 2, 2, "focus"), ("BB.1", 3, 3, "focus")]
    assert ways({"AA.1": 1}, focus="BB") == []


def test_themes_without_a_level_are_left_out() -> None:
    assert ways({"AA.1": None, "AA.2": 2}, {"AA.1": 3, "AA.2": 2, "AA.3": 3}) == [("AA.2", 2, 2, "role")]
    assert ways({}) == []


def test_at_the_top_there_is_nothing_left_to_climb() -> None:
    assert ways(dict.fromkeys(["AA.1", "AA.2"], 6), {"AA.1": 3}) == []


def test_the_one_thing_to_do_is_the_first_activity_of_the_next_step() -> None:
    (gap,) = gaps(standing(wave({"AA.1": 2})), targets={}, focus_domain="", top=3)
    assert gap.activity is not None
    assert gap.activity.text == "Try AA.1.L2 in way 1."
    assert Gap(gap.standing, _without_activities(gap), 2, 2, "lowest").activity is None


def _without_activities(gap: Gap) -> object:
    return type(gap.cell)(**{name: getattr(gap.cell, name) for name in gap.cell.__slots__} | {"activities": ()})


def test_a_ladder_of_two_levels_ends_there() -> None:
    two = grow(2, levels=2)
    found = gaps(standing(wave({"AA.1": 4, "AA.2": 2}, tree=two), on=two), targets={}, focus_domain="", top=2)
    assert [(gap.standing.theme.code, gap.cell.level) for gap in found] == [("AA.2", 2)]


@QUICK
@given(WAVE, st.dictionaries(st.sampled_from([theme.code for theme in TREE.themes]), st.integers(1, 3)))
def test_every_known_theme_below_the_top_is_there_once_with_a_step_of_its_own(
    answers: dict[str, int | None], targets: dict[str, int]
) -> None:
    found = gaps(standing(wave(answers)), targets=targets, focus_domain="", top=3)
    known = {code for code, half in answers.items() if half is not None and half < 6}
    assert sorted(gap.standing.theme.code for gap in found) == sorted(known)
    for gap in found:
        assert gap.cell.level == gap.standing.level + 1
        assert gap.size == gap.target * 2 - (gap.standing.half_steps or 0) > 0
        assert gap.activity is not None
    by_role = [gap.reason == "role" for gap in found]
    assert by_role == sorted(by_role, reverse=True)


def test_strengths_stand_highest_and_no_lower_than_the_second_level() -> None:
    answers = {"AA.1": 4, "AA.2": 3, "AA.3": 5, "BB.1": 6, "BB.2": 4, "CC.1": None}
    assert [each.theme.code for each in strengths(standing(wave(answers)))] == ["BB.1", "AA.3", "AA.1"]
    assert len(strengths(standing(wave(answers)), most=9)) == 4
    assert strengths(standing(wave({"AA.1": 3}))) == []


@pytest.mark.parametrize("answers", [{}, {"AA.1": None}])
def test_who_has_no_level_has_no_strengths_yet(answers: dict[str, int | None]) -> None:
    assert strengths(standing(wave(answers))) == []
