"""The spread of answers, the code on the wall, and a unit's statuses laid out: all without a database."""

import datetime as dt
import random
import re
import xml.etree.ElementTree as ET
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment.trees import uid
from trellis.assessment.meeting_code import ALPHABET, LENGTH, draw_code, in_groups, read_code
from trellis.assessment.readiness_spread import Spread, spread_of
from trellis.assessment.readiness_state import Tally, state_of
from trellis.core.qr import picture_of
from trellis.framework.tree import AttributeGroupNode, AttributeNode, AttributeTree

TODAY = dt.date(2026, 11, 22)
values = st.lists(st.sampled_from([None, 0, 1, 2]), max_size=40)


@given(values)
def test_every_answer_is_counted_once(found: list[int | None]) -> None:
    spread = spread_of(found)
    assert spread.answered == len(found)
    assert spread.counts == tuple(found.count(value) for value in range(3))


@given(values)
def test_the_difference_is_the_mean_distance_of_all_pairs_who_know(found: list[int | None]) -> None:
    known = [value for value in found if value is not None]
    pairs = [abs(a - b) for place, a in enumerate(known) for b in known[place + 1 :]]
    assert spread_of(found).difference == pytest.approx(sum(pairs) / len(pairs) if pairs else 0)


def test_opposite_answers_differ_more_than_neighbours_and_agreement_not_at_all() -> None:
    opposite, neighbours, same = Spread((3, 0, 3), 0), Spread((3, 3, 0), 0), Spread((0, 6, 0), 4)
    assert opposite.difference > neighbours.difference > same.difference == 0


def test_a_code_is_easy_to_read_and_hard_to_guess() -> None:
    drawn = {draw_code() for _ in range(500)}
    assert len(drawn) == 500
    assert {len(code) for code in drawn} == {LENGTH}
    assert set("".join(drawn)) <= set(ALPHABET)
    assert set("01258AEIOULSZB") & set(ALPHABET) == {"2"}
    assert len(set(ALPHABET)) ** LENGTH > 7e10


@pytest.mark.parametrize("typed", ["K7MW4RXD", "k7mw 4rxd", " k7mw-4rxd ", "K7MW\u00a04RXD"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "K7MW4RXD"
    assert read_code(in_groups("K7MW4RXD")) == "K7MW4RXD"


@given(st.text(max_size=100))
def test_nothing_typed_becomes_a_longer_code(typed: str) -> None:
    assert len(read_code(typed)) <= LENGTH + 1


def test_the_picture_is_the_address_in_dark_squares() -> None:
    """Painted again from the path, it is what the library itself would draw."""
    segno = pytest.importorskip("segno")
    address = "https://trellis.example.org/join/K7MW4RXD/"
    picture = picture_of(address)
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", picture.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(width))}
    matrix = segno.make_qr(address, error="m").matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell}
    assert picture.box == f"-4 -4 {len(matrix) + 8} {len(matrix) + 8}"
    ET.fromstring(f'<svg viewBox="{picture.box}"><path d="{picture.path}"/></svg>')


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_the_parts_of_a_bar_fill_it_and_do_not_overlap(counts: list[int]) -> None:
    parts = Tally(*counts).parts
    assert [part.status for part in parts] == [
        status for status, many in zip(("in-place", "under-way", "not-started", "unknown"), counts, strict=True) if many
    ]
    end = 0.0
    for part in parts:
        assert part.x == pytest.approx(end, abs=0.02)
        end = part.x + part.width
    assert end == pytest.approx(100 if sum(counts) else 0, abs=0.05)


def _tree(groups: int = 2, each: int = 3) -> AttributeTree:
    made, order = [], 0
    for place in range(1, groups + 1):
        code, nodes = f"G.{place}", []
        for number in range(1, each + 1):
            order += 1
            name = f"{code}.{number}"
            nodes.append(AttributeNode(order, uid(name), name, order, name, f"We have {name}.", "Begin.", "", code))
        made.append(AttributeGroupNode(place, uid(code), code, f"Group {place}", code, tuple(nodes)))
    nodes_ = [node for group in made for node in group.attributes]
    return AttributeTree(
        id=1, uid=uid("list"), code="e", name="E", framework_code="f", framework_name="F", owner="", status="published",
        has_official_texts=False, groups=tuple(made), attribute_by_code={node.code: node for node in nodes_},
        attribute_by_id={node.id: node for node in nodes_},
    )  # fmt: skip


def _row(code: str, status: str, day: int, *, due_on: dt.date | None = None, meeting: int = 0) -> Any:
    """What was agreed on a day of this year, in the meeting of that day unless said otherwise."""
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=day)
    return SimpleNamespace(
        pk=random.random(), attribute=SimpleNamespace(uid=uid(code)), status=status, due_on=due_on, agreed_at=at,
        meeting_id=meeting or day,
    )  # fmt: skip


def _newest_first(*rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.agreed_at, reverse=True)


def test_the_newest_status_holds_and_the_earlier_ones_stay() -> None:
    rows = _newest_first(
        _row("G.1.1", "not-started", 10), _row("G.1.1", "under-way", 80), _row("G.1.2", "in-place", 80)
    )
    state = state_of(_tree(), rows)
    line = state.lines[0]
    assert (line.status, [row.status for row in line.agreed]) == ("under-way", ["under-way", "not-started"])
    assert (state.tally.in_place, state.tally.under_way, state.tally.not_started, state.tally.unknown) == (1, 1, 0, 4)
    assert [group.tally.whole for group in state.groups] == [3, 3]


def test_what_to_do_next_begins_with_what_is_overdue_the_longest() -> None:
    yesterday, earlier, later = TODAY - dt.timedelta(1), TODAY - dt.timedelta(30), TODAY + dt.timedelta(9)
    state = state_of(
        _tree(),
        _newest_first(
            _row("G.1.1", "not-started", 1),
            _row("G.1.2", "under-way", 1, due_on=yesterday),
            _row("G.1.3", "in-place", 1, due_on=earlier),
            _row("G.2.1", "not-started", 1, due_on=earlier),
            _row("G.2.2", "under-way", 1, due_on=later),
        ),
    )
    assert [line.attribute.code for line in state.to_do(TODAY)] == ["G.2.1", "G.1.2", "G.1.1", "G.2.2"]
    assert [line.attribute.code for line in state.lines if line.is_overdue(TODAY)] == ["G.1.2", "G.2.1"]


def test_a_date_of_today_is_not_overdue() -> None:
    state = state_of(_tree(), [_row("G.1.1", "under-way", 1, due_on=TODAY)])
    assert not state.lines[0].is_overdue(TODAY)


def test_the_days_say_how_many_were_in_place_after_each_meeting() -> None:
    rows = _newest_first(
        _row("G.1.1", "in-place", 10),
        _row("G.1.2", "not-started", 10),
        _row("G.1.2", "in-place", 80),
        _row("G.2.3", "in-place", 80),
        _row("G.1.1", "under-way", 120),
    )
    days = state_of(_tree(), rows).days(4)
    assert [day.in_place for day in days] == [(1, 0), (2, 1), (1, 1)]
    assert [day.total for day in days] == [1, 3, 2]
    assert len(state_of(_tree(), rows).days(2)) == 2


def test_the_changes_are_those_of_the_last_meeting_alone() -> None:
    rows = _newest_first(
        _row("G.1.1", "not-started", 10),
        _row("G.1.1", "under-way", 80),
        _row("G.1.2", "under-way", 10),
        _row("G.1.2", "in-place", 120),
        _row("G.1.3", "under-way", 10),
        _row("G.1.3", "under-way", 120),
        _row("G.2.1", "in-place", 120),
    )
    changes = state_of(_tree(), rows).changes()
    assert [(one.attribute.code, one.was.status, one.now.status) for one in changes] == [
        ("G.1.2", "under-way", "in-place")
    ]


def test_a_unit_that_never_met_has_nothing_and_nothing_breaks() -> None:
    state = state_of(_tree(), [])
    assert (state.agreed_at, state.tally.unknown, state.to_do(TODAY), state.changes(), state.days(4)) == (
        None, 6, [], [], [],
    )  # fmt: skip
