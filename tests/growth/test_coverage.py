"""What a team can do together, and the columns in which a standing is listed. No database."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.trees import grow
from tests.growth.waves import TREE, levels, standing, wave
from trellis.growth.columns import in_columns
from trellis.growth.coverage import ThemeCoverage, cover

QUICK = settings(max_examples=40, deadline=None, database=None)
HALVES = st.none() | st.integers(0, 6)


def covered(*people: Mapping[str, int | None], names: tuple[str, ...] = ("Ana", "Bo", "Cy", "Di")) -> ThemeCoverage:
    """Return what these people cover of the first theme; who has no answers has none."""
    known = {key: levels(wave(answers)) for key, answers in enumerate(people)}
    return cover(TREE, known, dict(enumerate(names)))[0].themes[0]


def first(*halves: int | None) -> ThemeCoverage:
    return covered(*({"AA.1": half} for half in halves))


def test_people_are_counted_at_each_level_and_above() -> None:
    found = first(1, 2, 4, 6)
    assert (found.known, found.at, found.mobilizing) == (4, (3, 2, 1), 2)
    assert (found.is_missing, found.is_single, found.only) == (False, False, "")


def test_a_theme_is_missing_when_people_have_answered_and_nobody_stands_at_the_second_level() -> None:
    assert first(0, 3).is_missing
    assert not first(None, None).is_missing, "nobody has answered, so nobody can tell"
    assert not covered().is_missing


def test_a_theme_that_leans_on_one_names_them() -> None:
    found = first(3, 5, 0)
    assert (found.is_single, found.only) == (True, "Bo")
    assert first(4, 4).only == ""


def test_two_people_of_the_same_name_are_two() -> None:
    found = covered({"AA.1": 4}, {"AA.1": 4}, names=("Ana Li", "Ana Li"))
    assert (found.mobilizing, found.is_single, found.only) == (2, False, "")
    assert covered({"AA.1": 4}, {"AA.1": 0}, names=("Ana Li", "Ana Li")).only == "Ana Li"


def test_no_chance_and_no_answer_are_not_counted_as_zero() -> None:
    found = covered({"AA.1": None}, {"AA.2": 6}, {}, {"AA.1": 0})
    assert (found.known, found.at) == (1, (0, 0, 0))


def test_every_theme_of_every_domain_is_there_in_order() -> None:
    found = cover(TREE, {}, {})
    assert [part.domain for part in found] == list(TREE.domains)
    assert [row.theme for part in found for row in part.themes] == list(TREE.themes)


def test_a_ladder_of_two_levels_has_two_counts() -> None:
    two = grow(1, levels=2)
    row = cover(two, {1: levels(wave({"AA.1": 4}, tree=two), on=two)}, {1: "Ana"})[0].themes[0]
    assert (row.at, row.only) == ((1, 1), "Ana")


@QUICK
@given(st.lists(HALVES, max_size=4))
def test_the_counts_fall_from_level_to_level_and_never_exceed_who_is_known(halves: list[int | None]) -> None:
    found = first(*halves)
    assert found.known == sum(half is not None for half in halves)
    assert list(found.at) == sorted(found.at, reverse=True)
    assert found.at[0] <= found.known
    assert bool(found.only) == found.is_single


# columns


@QUICK
@given(st.lists(st.integers(1, 9), max_size=9), st.integers(1, 4))
def test_domains_stand_whole_and_in_order_in_their_columns(sizes: list[int], count: int) -> None:
    domains = standing(on=grow(*sizes)).domains
    columns = in_columns(domains, count)
    assert len(columns) == count
    assert [domain for column in columns for domain in column] == list(domains)


@QUICK
@given(st.lists(st.integers(3, 6), min_size=6, max_size=9))
def test_columns_are_about_as_long_as_each_other(sizes: list[int]) -> None:
    lengths = [
        sum(len(domain.themes) + 2 for domain in column) for column in in_columns(standing(on=grow(*sizes)).domains)
    ]
    assert max(lengths) - min(lengths) <= 2 * (max(sizes) + 2)


@pytest.mark.parametrize("count", [1, 3])
def test_nothing_is_listed_in_empty_columns(count: int) -> None:
    assert in_columns((), count) == [[] for _ in range(count)]
