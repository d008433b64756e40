"""The skyline's geometry: columns, whiskers and labels, for any number of themes and domains. No database."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.trees import NAMES, domain_of, edition_of, grow
from tests.growth.waves import NOW, TREE, standing, wave
from trellis.assessment.queries import Answer
from trellis.framework.tree import EditionTree, LevelNode
from trellis.growth.skyline import BOX, COLUMN, FLOOR, LEFT, LINES, ROOM, Column, Skyline, draw, height_of

QUICK = settings(max_examples=40, deadline=None, database=None)
SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=9)
WORDS = st.text("abcdefghij", min_size=1, max_size=22)
LETTER = 7  # units of the drawing that a letter of a label takes


def drawn(tree: EditionTree, halves: list[int | None] | None = None) -> Skyline:
    """Return the skyline of one wave; the answers in the themes' order, and again from the first."""
    halves = halves or [3]
    answers = [
        Answer(theme.id, halves[place % len(halves)], 1, tree.id, NOW) for place, theme in enumerate(tree.themes)
    ]
    return draw(standing(answers, on=tree), tree.levels)


def column(half: int | None) -> Column:
    return drawn(grow(1), [half]).groups[0].columns[0]


@QUICK
@given(SIZES, st.lists(st.none() | st.integers(0, 6), min_size=1, max_size=7))
def test_columns_never_overlap_and_all_stand_inside(sizes: list[int], halves: list[int | None]) -> None:
    sky = drawn(grow(*sizes), halves)
    assert [len(group.columns) for group in sky.groups] == sizes
    columns = [each for group in sky.groups for each in group.columns]
    assert columns[0].x == LEFT
    assert all(after.x >= before.x + COLUMN for before, after in pairwise(columns))
    assert columns[-1].x + COLUMN <= sky.width
    for each in columns:
        assert each.middle == each.x + COLUMN // 2
        assert all(0 <= box.y <= FLOOR - BOX for box in each.boxes)


@QUICK
@given(SIZES, st.lists(st.none() | st.integers(0, 6), min_size=1, max_size=7))
def test_whiskers_stay_between_the_floor_and_the_top(sizes: list[int], halves: list[int | None]) -> None:
    for group in drawn(grow(*sizes), halves).groups:
        for each in group.columns:
            if each.low is None or each.high is None:
                assert each.low is each.high is None
            else:
                assert 0 <= each.high <= each.low <= FLOOR


@QUICK
@given(st.lists(st.tuples(st.integers(1, 7), st.lists(WORDS, min_size=1, max_size=8)), min_size=1, max_size=7))
def test_a_domains_name_has_two_lines_at_most_and_never_runs_into_the_next(
    domains: list[tuple[int, list[str]]],
) -> None:
    names = [" ".join(words) for _, words in domains]
    sky = drawn(grow(*(size for size, _ in domains), names=names))
    for group, name in zip(sky.groups, names, strict=True):
        assert 1 <= len(group.label) <= LINES
        assert " ".join(group.label) == name
        assert group.end >= group.start + LETTER * max(map(len, group.label))
    for before, after in pairwise(sky.groups):
        assert before.end < after.start
    assert sky.groups[-1].end <= sky.width


def test_the_names_of_the_shipped_domains_fit_as_they_were_drawn() -> None:
    sky = drawn(grow(6, 2, 5, names=["Advocacy", "Communication", "Social and Emotional Intelligence"]))
    assert [group.label for group in sky.groups] == [
        ("Advocacy",),
        ("Communication",),
        ("Social and Emotional", "Intelligence"),
    ]


def test_a_framework_without_themes_is_drawn_empty() -> None:
    assert drawn(grow()).groups == ()
    empty = drawn(edition_of([domain_of("AA", "Nothing yet", [])]))
    assert empty.groups[0].columns == ()
    assert empty.width >= empty.groups[0].end


@pytest.mark.parametrize(
    ("half", "fills"),
    [
        (None, ["f0", "f0", "f0"]),
        (0, ["f0", "f0", "f0"]),
        (1, ["f1", "f0", "f0"]),
        (2, ["f1", "f0", "f0"]),
        (5, ["f1", "f2", "f3"]),
        (6, ["f1", "f2", "f3"]),
    ],
)
def test_boxes_are_filled_up_to_the_level(half: int | None, fills: list[str]) -> None:
    assert [box.fill for box in column(half).boxes] == fills


@pytest.mark.parametrize(("half", "begun"), [(None, []), (0, []), (1, [1]), (3, [2]), (5, [3]), (6, [])])
def test_only_the_box_above_the_level_is_begun(half: int | None, begun: list[int]) -> None:
    assert [place for place, box in enumerate(column(half).boxes, 1) if box.begun] == begun


def test_boxes_stand_on_each_other_from_the_floor() -> None:
    first, second, third = column(6).boxes
    assert first.y + BOX == FLOOR
    assert (second.y + BOX < first.y, third.y + BOX < second.y, third.y) == (True, True, 0)


def test_a_height_falls_in_the_box_it_belongs_to() -> None:
    assert height_of(0) == FLOOR
    heights = [height_of(half / 2) for half in range(7)]
    assert heights == sorted(heights, reverse=True)
    for level, box in enumerate(column(6).boxes):
        assert box.y <= height_of(level + 0.5) <= box.y + BOX


def test_only_what_has_grown_by_more_than_chance_is_marked() -> None:
    found = standing(wave({"AA.1": 6, "AA.2": 3, "AA.3": 0}, number=2), wave({"AA.1": 1, "AA.2": 2, "AA.3": 6}))
    first, second, third, *_ = draw(found, TREE.levels).groups[0].columns
    assert (first.grown, second.grown, third.grown) == (True, False, False)
    assert first.top_y == first.boxes[2].y


def test_a_group_says_how_many_stand_at_the_second_level() -> None:
    group = drawn(grow(4), [4, 3, 6, None]).groups[0]
    assert (group.mobilizing, group.themes) == (2, 4)


def test_the_levels_stand_at_the_left_in_a_word_that_has_room() -> None:
    levels = tuple(
        LevelNode(level.uid, level.number, name)
        for level, name in zip(TREE.levels, ("Foundational", "Mobilizing and Power-Building", "Z" * 40), strict=True)
    )
    sky = draw(standing(), levels)
    assert [(number, name) for number, name, _ in sky.rungs] == [
        (1, NAMES[0]),
        (2, "Mobilizing"),
        (3, "Z" * ROOM),
    ]
    ys = [y for _, _, y in sky.rungs]
    assert ys == sorted(ys, reverse=True)
    assert all(0 < y < FLOOR for y in ys)
