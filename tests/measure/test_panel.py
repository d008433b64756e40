"""Which kinds of rater may be shown, and that nothing can be had by taking one group from another."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.measure.panel import OTHERS, THRESHOLD, groups_of, low_median, medians

counts = st.dictionaries(st.sampled_from(["peer", "follower", "mentor", "lead", "coach"]), st.integers(0, 12))


@pytest.mark.parametrize(
    ("raters", "groups"),
    [
        ({"peer": 8}, {"peer": "peer"}),
        ({"peer": 4}, {}),
        ({"peer": 4, "follower": 1}, {"peer": OTHERS, "follower": OTHERS}),
        ({"peer": 5, "follower": 4}, {"peer": "peer"}),
        ({"peer": 6, "follower": 4, "mentor": 1}, {"peer": "peer", "follower": OTHERS, "mentor": OTHERS}),
        ({"peer": 0, "follower": 5}, {"follower": "follower"}),
        ({}, {}),
    ],
)
def test_small_kinds_are_shown_together_or_not_at_all(raters: dict[str, int], groups: dict[str, str]) -> None:
    assert groups_of(raters) == groups


@given(counts)
def test_every_group_is_five_or_more_and_they_share_nobody(raters: dict[str, int]) -> None:
    found = groups_of(raters)
    sizes: dict[str, int] = {}
    for kind, group in found.items():
        sizes[group] = sizes.get(group, 0) + raters[kind]
    assert all(size >= THRESHOLD for size in sizes.values())
    assert all(group in (kind, OTHERS) for kind, group in found.items())
    # "All others" is never one kind in disguise.
    assert sum(group == OTHERS for group in found.values()) != 1


def test_the_threshold_is_never_lowered() -> None:
    with pytest.raises(ValueError, match="never lowered"):
        groups_of({"peer": 4}, threshold=4)
    assert groups_of({"peer": 7, "mentor": 5}, threshold=6) == {"peer": "peer"}


@given(st.lists(st.integers(0, 6), min_size=1, max_size=20))
def test_the_median_is_an_answer_with_half_on_either_side(values: list[int]) -> None:
    found = low_median(values)
    assert found in values
    assert sum(value < found for value in values) * 2 < len(values) + 1
    assert sum(value > found for value in values) * 2 <= len(values)


def test_no_answers_have_no_median() -> None:
    with pytest.raises(ValueError, match="no median"):
        low_median([])


def test_a_theme_seen_by_too_few_is_left_out() -> None:
    answers = [("peer", "A", value) for value in (1, 2, 3, 4, 6)] + [("peer", "B", 3)] * 4
    assert medians(answers) == {("peer", "A"): (3, 5)}


def _sets_known(shown: object, own: int, raters: int) -> float:
    """Share of cases in which one rater works out the set of the others' answers from what is shown."""
    seen: dict[object, set[tuple[int, ...]]] = {}
    cases = [tuple(others) for others in itertools.product(range(7), repeat=raters - 1)]
    assert callable(shown)
    for others in cases:
        seen.setdefault(shown((own, *others)), set()).add(tuple(sorted(others)))
    return sum(len(seen[shown((own, *others))]) == 1 for others in cases) / len(cases)


def test_what_a_rater_can_work_out_about_the_others() -> None:
    mean = [_sets_known(sum, own, 3) for own in range(7)]
    ends = [_sets_known(lambda given: (min(given), max(given), sum(given)), own, 3) for own in range(7)]
    histogram = [_sets_known(lambda given: tuple(sorted(given)), own, 3) for own in range(7)]
    median = [_sets_known(low_median, own, 5) for own in range(7)]
    assert min(mean) > 0.1  # three raters and a mean
    assert min(ends) == min(histogram) == 1  # with lowest and highest, or a histogram: always
    assert max(median) == 0  # five and a median: never


@pytest.mark.parametrize("colluders", [1, 2, 3])
def test_colluding_raters_learn_no_other_raters_answer(colluders: int) -> None:
    """Whatever they agree to answer, each other rater may have given more than one answer.

    One limit is left, and no way of showing anything is without it: two or more who agree on one end learn it when
    all the others stand together at the other end.
    """
    ends = {0, 6} if colluders > 1 else set()
    for planned in itertools.combinations_with_replacement(range(7), colluders):
        left = 5 - colluders
        possible: dict[int, list[set[int]]] = {}
        for others in itertools.product(range(7), repeat=left):
            places = possible.setdefault(low_median((*planned, *others)), [set() for _ in range(left)])
            for place, value in zip(places, others, strict=True):
                place.add(value)
        shown = {median: places for median, places in possible.items() if median not in ends}
        assert all(len(place) > 1 for places in shown.values() for place in places)
