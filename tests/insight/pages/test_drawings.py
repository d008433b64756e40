"""Drawings of a row: made of released values, the same for all that is hidden, and the same shapes on paper."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.insight.charts import rows
from trellis.insight.charts.svg import for_paper
from trellis.insight.heat import BINS, heat
from trellis.insight.queries import FEW, NOT_ASKED, Cell, Reason
from trellis.measure.endcoding import Coded

TENTHS = st.integers(-30, 30).map(lambda tenths: tenths / 10)


def standing(*shares: float) -> Cell:
    names = ("level1", "level2", "level3")
    return Cell("", "adv_1", 40, {name: Coded("exactly", share) for name, share in zip(names, shares, strict=True)})


def changed(value: float, give: float | None) -> Cell:
    return Cell("", "adv_1", 150, {"change": Coded("exactly", value)}, give)


def shapes(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg))


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_a_spread_fills_its_width_whatever_the_shares(shares: list[int]) -> None:
    svg = rows.spread(standing(*sorted(shares, reverse=True)))
    widths = [float(shape.get("width", 0)) for shape in shapes(svg)]
    assert sum(widths) == pytest.approx(rows.WIDTH - 1, abs=0.3)


def test_a_spread_shows_only_the_levels_that_somebody_stands_at() -> None:
    assert [shape.get("class") for shape in shapes(rows.spread(standing(100, 50, 0)))] == ["a1", "a2"]


@pytest.mark.parametrize("reason", [FEW, NOT_ASKED])
def test_what_is_hidden_is_drawn_alike(reason: Reason) -> None:
    cell = Cell("", "adv_1", None, {}, hidden=reason)
    assert rows.spread(cell) == rows.difference(cell, "change") == rows.share(None) == rows.hidden()


@given(TENTHS, st.none() | st.integers(0, 10).map(lambda give: give / 10))
def test_a_difference_stays_inside_of_its_drawing(value: float, give: float | None) -> None:
    found = shapes(rows.difference(changed(value, give), "change"))
    dot = found[-1]
    assert 0 <= float(dot.get("cx", -1)) <= rows.WIDTH
    assert dot.get("class") == ("hint" if give is None else "dot")
    assert len(found) == (3 if give is None else 4)


def test_on_paper_every_shape_has_its_color_and_no_class_is_left() -> None:
    for svg in (rows.spread(standing(90, 50, 10)), rows.difference(changed(0.2, 0.1), "change"), rows.hidden()):
        paper = ET.fromstring(for_paper(svg))
        assert paper.tag == "{http://www.w3.org/2000/svg}svg"
        assert len(list(paper)) == len(shapes(svg))
        assert all(shape.get("fill") and not shape.get("class") for shape in paper)


@given(st.integers(0, 100))
def test_every_share_has_the_heat_of_its_bin(share: int) -> None:
    low, high = BINS[heat(share) - 1]
    assert low <= share <= high
