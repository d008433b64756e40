"""The fairness check against R's figures and calculations by hand, and what it may never say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measure.public_data import agreeableness, gender
from trellis.measure.fairness import (
    FairnessReport,
    TooFewPeople,
    benjamini_hochberg,
    check_fairness,
    mantel,
    ordinal_dif,
)

QUICK = settings(max_examples=30, deadline=None, database=None)
PEOPLE = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.booleans()), min_size=6, max_size=50).filter(
    lambda people: len({p[1] for p in people}) > 1 and len({p[2] for p in people}) == 2
)


def answers(
    people: int = 300, items: int = 12, unfair: dict[int, float] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Half-steps 0..6 of two equally able groups; an unfair item gives the second group this much for nothing."""
    random = np.random.default_rng(8)
    group = np.repeat(["old", "young"], people)
    liking = 3 + 1.4 * random.normal(size=(2 * people, 1)) + random.normal(size=(2 * people, items))
    for item, gift in (unfair or {}).items():
        liking[group == "young", item] += gift
    return np.clip(np.round(liking), 0, 6), group


def test_the_ordinal_test_is_what_r_finds_in_the_big_five_inventory() -> None:
    """R 4.2, MASS::polr: A1 (turned) on the total of A1-A5 and gender."""
    items = agreeableness()
    found = ordinal_dif(items[:, 0], items.sum(axis=1), gender())
    assert found["chi2"] == pytest.approx(22.26234501, abs=1e-5)
    assert found["delta_mcfadden"] == pytest.approx(0.00262442, abs=1e-7)
    assert found["df"] == 2
    assert found["p"] == pytest.approx(np.exp(-22.26234501 / 2), rel=1e-5)


def test_the_mantel_test_of_two_categories_is_what_r_finds() -> None:
    """R 4.2, mantelhaen.test without correction, on whether A1 (turned) lies above its median."""
    items = agreeableness()
    complete = items[~np.isnan(items).any(axis=1)]
    high = complete[:, 0] > np.median(complete[:, 0])
    found = mantel(high, complete.sum(axis=1), gender()[~np.isnan(items).any(axis=1)])
    assert found.chi2 == pytest.approx(13.95702053, abs=1e-6)


def test_the_mantel_test_is_what_a_calculation_by_hand_gives() -> None:
    """One total: F = 5, E = 2 * 8 / 4 = 4, variance = 2 * 2 * (4 * 18 - 8 * 8) / (16 * 3) = 2 / 3."""
    found = mantel([1, 2, 2, 3], [7, 7, 7, 7], ["a", "a", "b", "b"])
    assert found.chi2 == pytest.approx((5 - 4) ** 2 / (2 / 3))
    assert found.difference == pytest.approx((2.5 - 1.5) / np.std([1, 2, 2, 3], ddof=1))


@QUICK
@given(PEOPLE, st.integers(-(10**6), 10**6), st.sampled_from([2.0**-10, 1.0, 2.0**30]))
def test_codes_and_units_do_not_matter(people: list[tuple[int, int, bool]], shift: int, scale: float) -> None:
    item, total, group = zip(*people, strict=True)
    named = ["one" if second else "another" for second in group]
    moved = [shift + scale * value for value in total]
    before, after = ordinal_dif(item, total, group), ordinal_dif([10 * x for x in item], moved, named)
    assert list(after.values()) == pytest.approx(list(before.values()), abs=1e-4)
    assert mantel(item, moved, named).chi2 == pytest.approx(mantel(item, total, group).chi2, abs=1e-8)


@QUICK
@given(PEOPLE)
def test_whoever_is_called_the_other_group_the_test_is_the_same(people: list[tuple[int, int, bool]]) -> None:
    item, total, group = zip(*people, strict=True)
    one, other = mantel(item, total, group), mantel(item, total, [not second for second in group])
    assert other.chi2 == pytest.approx(one.chi2, abs=1e-9)
    found = ordinal_dif(item, total, group)
    assert found["chi2"] >= 0
    assert 0 <= found["p"] <= 1
    assert -1e-9 <= found["delta_mcfadden"] <= 1


def test_perfect_separation_and_empty_categories_still_have_an_answer() -> None:
    item, total = np.repeat([0, 1], 10), np.arange(20) % 2
    found = ordinal_dif(item, total, item)
    assert found["chi2"] == pytest.approx(40 * np.log(2), abs=1e-4)
    assert found["delta_mcfadden"] == pytest.approx(1, abs=1e-5)
    assert ordinal_dif(item, item, total)["chi2"] == pytest.approx(0, abs=1e-6)
    gaps = ordinal_dif(np.array([0, 100])[item], total, item)
    assert gaps["chi2"] == pytest.approx(found["chi2"], abs=1e-4)


def test_an_item_that_all_answered_alike_favours_nobody() -> None:
    same, total, group = [2] * 8, list(range(8)), [0, 1] * 4
    assert ordinal_dif(same, total, group) == {"chi2": 0.0, "df": 2.0, "p": 1.0, "delta_mcfadden": 0.0}
    assert (mantel(same, total, group).chi2, mantel(same, total, group).p) == (0.0, 1.0)


def test_people_who_miss_something_are_left_out() -> None:
    item, total, group = [0, 1, 1, 2, 2, 0], [1, 2, 4, 5, 5, 2], ["a", "b", "a", "b", "a", "b"]
    holed = ordinal_dif([*item, None, 1, 1], [*total, 3, np.nan, 3], [*group, "a", "b", None])
    assert holed == ordinal_dif(item, total, group)


@pytest.mark.parametrize(
    ("item", "total", "group", "says"),
    [
        ([1, 2], [1, 2], [1, 1], "two groups, found 1"),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3], "two groups, found 3"),
        ([1, 2], [1], [1, 2], "equally many"),
        ([[1], [2]], [1, 2], [1, 2], "one dimension"),
        ([1, np.inf], [1, 2], [1, 2], "infinite"),
        ([1, 2], [5, 5], [1, 2], "same for all"),
    ],
)
def test_people_who_cannot_be_compared_are_refused(
    item: list[float], total: list[float], group: list[int], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        ordinal_dif(item, total, group)


def test_the_false_discoveries_of_benjamini_and_hochbergs_own_example_are_held() -> None:
    """Their table of 15 hypotheses, q = .05: the first four are discoveries (Bonferroni finds three)."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    assert list(np.flatnonzero(benjamini_hochberg(p))) == [0, 1, 2, 3]
    assert list(np.flatnonzero(benjamini_hochberg([*p[::-1], np.nan]))) == [11, 12, 13, 14]
    assert not benjamini_hochberg([]).any()
    with pytest.raises(ValueError, match="lie in"):
        benjamini_hochberg([1.2])


def test_an_unfair_item_is_flagged_with_its_size_and_direction_and_a_fair_one_is_not() -> None:
    found = check_fairness(*answers(unfair={2: 0.9, 5: -0.45}))
    assert isinstance(found, FairnessReport)
    assert found.groups == ("old", "young")
    flags = [entry.flag for entry in found.items]
    assert flags[2] == "large"
    assert found.items[2].difference > 0.25
    assert found.items[5].difference < -0.17
    assert flags[5] in ("moderate", "large")
    assert all(entry.confirmed_p < 0.01 for entry in found.items if entry.flag != "none")
    assert [flag for place, flag in enumerate(flags) if place not in (2, 5)] == ["none"] * 10


def test_flagged_items_are_taken_out_of_the_total_once() -> None:
    """Two gifts raise the second group's total, so that fair items seem to favour the first until they are out."""
    table, group = answers(people=600, items=16, unfair={0: 1.6, 1: 1.6})
    found = check_fairness(table, group)
    assert isinstance(found, FairnessReport)
    assert [entry.flag for entry in found.items] == ["large", "large", *["none"] * 14]
    before = np.mean([mantel(item, table.sum(axis=1), group).difference for item in table[:, 2:].T])
    after = np.mean([entry.difference for entry in found.items[2:]])
    assert before < -0.05
    assert abs(after) < 0.03


def test_items_that_are_all_flagged_do_not_clear_one_another() -> None:
    found = check_fairness(*answers(people=400, items=2, unfair={0: 2.5, 1: -2.5}))
    assert isinstance(found, FairnessReport)
    assert [entry.flag for entry in found.items] == ["large", "large"]


@pytest.mark.parametrize("second", [0, 5, 199])
def test_with_too_few_people_the_words_say_so_and_no_count_is_told(second: int) -> None:
    table, group = answers(people=400)
    kept = np.concatenate([np.arange(400), 400 + np.arange(second)])
    found = check_fairness(table[kept], group[kept])
    assert found == TooFewPeople(200)
    assert str(found) == "too few people to check fairness"
    assert str(second) not in repr(found).replace("200", "")


def test_people_with_missing_answers_do_not_count_towards_the_fewest() -> None:
    table, group = answers(people=201)
    table[[0, 1], 3] = np.nan
    assert isinstance(check_fairness(table, group), TooFewPeople)


def test_nobody_may_ask_for_fewer_than_two_hundred() -> None:
    with pytest.raises(ValueError, match="200"):
        check_fairness(*answers(), needed=50)
    with pytest.raises(ValueError, match="two groups"):
        check_fairness(np.ones((3, 4)), [1, 2, 3])
    with pytest.raises(ValueError, match="persons x items"):
        check_fairness(np.ones((3, 4)), [1, 2])
