"""From answers to a standing: what counts, what is compared, and what may be claimed. No database."""

import pytest
from hypothesis import given, settings

from tests.assessment.trees import domain_of, edition_of, grow, reworded
from tests.growth.waves import NOW, THEN, TREE, WAVE, standing, theme, wave
from trellis.growth.standing import ThemeStanding, level_codes, newest_levels

QUICK = settings(max_examples=40, deadline=None, database=None)


def twice(before: int | None, after: int | None) -> ThemeStanding:
    """Return what became of one theme from one wave to the next."""
    return theme(standing(wave({"AA.1": after}, number=2), wave({"AA.1": before}, on=THEN)))


# what counts


def test_an_answer_is_a_level_with_its_bar_and_its_day() -> None:
    found = theme(standing(wave({"AA.1": 3})))
    assert (found.level, found.partly, found.levels, found.is_known) == (1, True, 1.5, True)
    assert (found.low, found.high) == (1.0, 2.0)
    assert (found.answered_on, found.previous, found.previous_on, found.change) == (NOW, None, None, 0)


def test_what_was_not_answered_is_not_known_and_not_zero() -> None:
    found = theme(standing(wave({"AA.2": 0})))
    assert (found.is_known, found.no_chance, found.half_steps, found.answered_on) == (False, False, None, None)
    assert theme(standing(wave({"AA.2": 0})), "AA.2").is_known


def test_of_several_waves_the_newest_answer_of_each_theme_counts() -> None:
    found = standing(wave({"AA.1": 4}, number=2), wave({"AA.1": 2, "AA.2": 1}, on=THEN))
    assert [(theme(found, code).half_steps, theme(found, code).answered_on) for code in ("AA.1", "AA.2")] == [
        (4, NOW),
        (1, THEN),
    ]
    assert (found.as_of, found.since) == (NOW, THEN)
    assert found.known == 2


def test_no_chance_in_the_newest_wave_leaves_no_level_whatever_was_before() -> None:
    found = twice(before=5, after=None)
    assert (found.is_known, found.no_chance, found.level, found.answered_on) == (False, True, 0, NOW)
    assert (found.previous, found.change) == (None, 0)


def test_no_chance_before_is_passed_over_when_a_change_is_looked_for() -> None:
    waves = [wave({"AA.1": 6}, number=3), wave({"AA.1": None}, number=2), wave({"AA.1": 1}, on=THEN)]
    found = theme(standing(*waves))
    assert (found.previous, found.previous_on, found.change) == (1, THEN, 1)


def test_nobody_who_never_answered_has_a_level() -> None:
    found = standing()
    assert (found.known, found.as_of, found.since, found.has_changed) == (0, None, None, False)
    assert len(found.themes) == 10
    assert not any(each.is_known for each in found.themes)


def test_a_domain_counts_its_themes_at_the_second_level_or_above() -> None:
    found = standing(wave({"AA.1": 3, "AA.2": 4, "AA.3": 6, "AA.4": None, "BB.1": 4}))
    assert [(domain.mobilizing, domain.known) for domain in found.domains] == [(2, 3), (1, 1), (0, 0)]


@QUICK
@given(WAVE, WAVE)
def test_a_standing_is_a_profile_of_every_theme_in_the_frameworks_order(
    first: dict[str, int | None], second: dict[str, int | None]
) -> None:
    found = standing(wave(second, number=2), wave(first, on=THEN))
    assert [each.theme for each in found.themes] == list(TREE.themes)
    for each in found.themes:
        code = each.theme.code
        assert each.half_steps == second.get(code, first.get(code))
        assert each.no_chance == (each.half_steps is None and (code in first or code in second))
        if each.is_known:
            assert 0 <= each.low <= each.levels <= each.high <= TREE.top
        if each.change:
            assert each.previous is not None
            assert (each.levels - each.previous / 2) * each.change > 1.6


# what may be claimed


@pytest.mark.parametrize(
    ("before", "after", "change"), [(0, 3, 0), (0, 4, 1), (2, 6, 1), (3, 6, 0), (6, 3, 0), (6, 2, -1), (4, 4, 0)]
)
def test_a_theme_has_changed_only_beyond_chance(before: int, after: int, change: int) -> None:
    found = twice(before, after)
    assert (found.previous, found.change) == (before, change)


def test_only_the_wave_before_is_compared_and_not_the_best_or_the_first() -> None:
    waves = [wave({"AA.1": 4}, number=3), wave({"AA.1": 3}, number=2), wave({"AA.1": 0}, on=THEN)]
    found = theme(standing(*waves))
    assert (found.previous, found.change) == (3, 0)


FIVE = [f"AA.{number}" for number in range(1, 6)]


def five(before: list[int | None], after: list[int | None]) -> int:
    """Return the change of a domain of five themes."""
    found = standing(
        wave(dict(zip(FIVE, after, strict=True)), number=2), wave(dict(zip(FIVE, before, strict=True)), on=THEN)
    )
    return found.domains[0].change


def test_a_domain_has_changed_when_its_mean_has_though_no_theme_may_be_claimed() -> None:
    assert five([2] * 5, [4, 4, 4, 4, 2]) == 1
    assert five([4, 4, 4, 4, 2], [2] * 5) == -1
    assert five([2] * 5, [4, 4, 4, 2, 2]) == 0
    assert not any(each.change for each in standing(wave(dict.fromkeys(FIVE, 4), number=2)).themes)


def test_a_domain_needs_half_of_its_themes_in_both_waves() -> None:
    assert five([0, 0, None, None, None], [6, 6, 6, 6, 6]) == 0
    assert five([0, 0, 0, None, None], [6, 6, 6, None, None]) == 1
    assert five([0, 0, 0, None, None], [6, 6, None, 6, 6]) == 0


def test_exactly_half_of_the_themes_is_enough() -> None:
    found = standing(wave({"BB.1": 6}, number=2), wave({"BB.1": 1}, on=THEN))
    assert found.domains[1].change == 1


def test_a_theme_that_was_answered_in_another_wave_still_is_compared() -> None:
    """Of partial waves each theme has its own newest and its own wave before."""
    waves = [wave({"AA.1": 6}, number=3), wave({"AA.2": 6}, number=2), wave({"AA.1": 1, "AA.2": 1}, on=THEN)]
    found = standing(*waves)
    assert [theme(found, code).change for code in ("AA.1", "AA.2")] == [1, 1]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [([2] * 5, [4, 4, 4, 4, 2], True), ([0] * 5, [4, 0, 0, 0, 0], True), ([2] * 5, [3] * 5, False)],
)
def test_whether_anything_may_be_claimed_is_known(before: list[int], after: list[int], changed: bool) -> None:
    waves = [wave(dict(zip(FIVE, after, strict=True)), number=2), wave(dict(zip(FIVE, before, strict=True)), on=THEN)]
    assert standing(*waves).has_changed is changed


# other editions


def test_an_answer_from_another_edition_counts_for_the_theme_of_the_same_uid() -> None:
    old = grow(5, 2, 3, key=2)
    found = theme(standing(wave({"AA.1": 5}, tree=old), on=TREE, editions=(old,)))
    assert found.half_steps == 5
    assert found.theme == TREE.theme_by_code["AA.1"]


def test_a_theme_that_has_moved_takes_its_answers_along() -> None:
    moved = TREE.theme_by_code["BB.2"]
    now = edition_of([domain_of("ZZ", "Elsewhere", [moved])], key=3)
    found = standing(wave({"BB.2": 4, "BB.1": 6}), on=now, editions=(TREE,))
    assert [each.half_steps for each in found.themes] == [4]
    assert found.known == 1


def test_editions_of_the_same_wording_are_compared() -> None:
    old = grow(5, 2, 3, key=2)
    found = theme(standing(wave({"AA.1": 6}, number=2), wave({"AA.1": 1}, tree=old, on=THEN), editions=(old,)))
    assert (found.previous, found.change) == (1, 1)


def test_where_the_words_have_changed_no_growth_is_claimed() -> None:
    old = reworded(grow(5, 2, 3, key=2), "AA.1")
    codes = {"AA.1": 6, "AA.2": 6}
    found = standing(wave(codes, number=2), wave(dict.fromkeys(codes, 1), tree=old, on=THEN), editions=(old,))
    assert (theme(found, "AA.1").previous, theme(found, "AA.1").change) == (None, 0)
    assert (theme(found, "AA.2").previous, theme(found, "AA.2").change) == (1, 1)


def test_an_older_answer_on_the_same_words_is_compared_over_one_on_others() -> None:
    between = reworded(grow(5, 2, 3, key=2), "AA.1")
    waves = [
        wave({"AA.1": 6}, number=3),
        wave({"AA.1": 5}, tree=between, number=2),
        wave({"AA.1": 1}, on=THEN),
    ]
    found = theme(standing(*waves, editions=(between,)))
    assert (found.previous, found.previous_on, found.change) == (1, THEN, 1)


def test_two_answers_on_the_same_old_words_are_compared_on_todays_page() -> None:
    """What counts is that both were given on the same words, not that today's are those."""
    now = reworded(grow(5, 2, 3, key=9), "AA.1")
    found = theme(standing(wave({"AA.1": 6}, number=2), wave({"AA.1": 1}, on=THEN), on=now, editions=(TREE,)))
    assert (found.half_steps, found.previous, found.change) == (6, 1, 1)


def test_a_theme_that_is_no_longer_there_is_left_out() -> None:
    smaller = grow(1, 2, key=4)
    found = standing(wave({"AA.5": 6, "AA.1": 2}), on=smaller, editions=(TREE,))
    assert [each.half_steps for each in found.themes] == [2, None, None]


# the short way for whole teams


@QUICK
@given(WAVE, WAVE, WAVE)
def test_the_short_way_to_levels_says_what_the_standing_says(
    first: dict[str, int | None], second: dict[str, int | None], third: dict[str, int | None]
) -> None:
    old, moved = grow(5, 2, 3, key=2), edition_of([domain_of("ZZ", "Elsewhere", TREE.themes[2:7])], key=3)
    waves = [wave(third, number=3), wave(second, number=2, tree=old), wave(first, on=THEN)]
    answers = [answer for one in waves for answer in one]
    for tree in (TREE, moved):
        trees = {TREE.id: TREE, old.id: old, tree.id: tree}
        whole = standing(*waves, on=tree, editions=(TREE, old))
        assert newest_levels(level_codes(tree, trees), answers) == {
            each.theme.code: each.level for each in whole.themes if each.is_known
        }
