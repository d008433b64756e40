"""The way through the short form: the kept order, the progress bar, and the minutes that are left."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.trees import grow
from trellis.assessment.sequence import GAP, WIDTH, domains_in_order, minutes_left, segments, themes_in_order
from trellis.framework.tree import EditionTree

QUICK = settings(max_examples=40, deadline=None, database=None)
SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=12)


@pytest.fixture
def small() -> EditionTree:
    """Three domains of two, one and three themes."""
    return grow(2, 1, 3)


def test_the_kept_order_is_the_order_that_is_asked(small: EditionTree) -> None:
    codes = ["CC", "AA", "BB"]
    assert [domain.code for domain in domains_in_order(small, codes)] == codes
    assert [theme.code for theme in themes_in_order(small, codes)] == ["CC.1", "CC.2", "CC.3", "AA.1", "AA.2", "BB.1"]


def test_a_domain_that_came_later_is_asked_last_and_one_that_went_is_passed_over(small: EditionTree) -> None:
    assert [domain.code for domain in domains_in_order(small, ["CC", "ZZ", "AA"])] == ["CC", "AA", "BB"]


def test_without_a_kept_order_the_frameworks_own_stands(small: EditionTree) -> None:
    assert themes_in_order(small, []) == list(small.themes)


@QUICK
@given(SIZES, st.randoms(use_true_random=False))
def test_every_theme_is_asked_once_in_any_order(sizes: list[int], rng: random.Random) -> None:
    tree = grow(*sizes)
    codes = [domain.code for domain in tree.domains]
    rng.shuffle(codes)
    asked = themes_in_order(tree, codes)
    assert sorted(theme.code for theme in asked) == sorted(theme.code for theme in tree.themes)
    assert list(dict.fromkeys(theme.domain_code for theme in asked)) == codes


@QUICK
@given(SIZES, st.data())
def test_the_segments_fill_the_bar_without_overlap(sizes: list[int], data: st.DataObject) -> None:
    tree = grow(*sizes)
    answered = set(data.draw(st.lists(st.sampled_from([theme.id for theme in tree.themes]))))
    found = segments(list(tree.domains), answered)
    assert found[0].x == 0
    assert found[-1].x + found[-1].width == pytest.approx(WIDTH, abs=0.2)
    for one, following in pairwise(found):
        assert following.x == pytest.approx(one.x + one.width + GAP, abs=0.2)
    for part, domain in zip(found, tree.domains, strict=True):
        share = sum(theme.id in answered for theme in domain.themes) / len(domain.themes)
        assert part.done == pytest.approx(share * part.width, abs=0.2)


def test_a_segment_is_as_wide_as_its_domain_has_themes(small: EditionTree) -> None:
    two, one, three = segments(list(small.domains), set())
    assert (two.width / one.width, three.width / one.width) == (pytest.approx(2, abs=0.01), pytest.approx(3, abs=0.01))
    assert (two.done, one.done, three.done) == (0, 0, 0)


def test_no_domains_make_no_bar() -> None:
    assert segments([], set()) == []


@pytest.mark.parametrize(("left", "minutes"), [(0, 0), (1, 1), (3, 1), (4, 2), (10, 3), (33, 10)])
def test_minutes_are_whole_and_rounded_up(left: int, minutes: int) -> None:
    assert minutes_left(left, 18) == minutes == math.ceil(left * 18 / 60)
