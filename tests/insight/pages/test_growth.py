"""Growth over waves: the change of the release, and no more said of it than may be."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insight.made import put
from tests.insight.pages.conftest import HIDDEN, HIGH, LOW, Browser, Shown
from tests.insight.pages.reading import hidden_cells, rows
from trellis.insight.growth_lines import GREW, HINT, LESS, NO_CHANGE, said
from trellis.insight.growth_lines import HIDDEN as IS_HIDDEN
from trellis.insight.queries import FEW, Cell
from trellis.measure.endcoding import Coded


def page(browser: Browser, shown: Shown, unit: str = "Alder", query: str = "") -> str:
    return unescape(browser("steward").get(shown.address("growth", unit) + query).content.decode())


def test_it_says_what_changed_how_far_that_may_be_off_and_what_may_be_said(browser: Browser, shown: Shown) -> None:
    found = rows(page(browser, shown))
    assert found["Advocacy best practice"] == ["", "+0.4 ±0.2", "150", "They grew."]
    assert found["Stewardship and integrity"] == ["", "+0.1 ±0.2", "150", "No clear change."]
    assert found["Self-awareness"] == ["", "−0.5 ±0.2", "150", "They say less of themselves."]
    assert found["Relationships for advocacy"] == ["", "Hidden for privacy", ""]
    assert {LOW, HIGH, HIDDEN} == {"sfh_3", "sei_1", "adv_2"}


def test_of_few_people_it_is_a_hint(browser: Browser, shown: Shown) -> None:
    html = page(browser, shown, "Riverside")
    assert rows(html)["Advocacy best practice"] == ["", "+0.3", "40", "A hint, no more."]
    assert "Too early to say" in html
    assert "0 <small>of 33 themes" in html


def test_groups_stand_side_by_side_and_hidden_ones_alike(browser: Browser, shown: Shown) -> None:
    grown = {"": {}, "english": {"adv_1": (120, {"change": 0.2})}, "elsewhere": {"adv_1": (11, {"change": 0.1})}}
    put(shown.release, "growth", shown.cast.unit("Alder"), dict(list(grown.items())[1:]), "language")
    html = page(browser, shown, query="?by=language")
    found = rows(html)
    assert found["Theme"] == ["Everybody", "English", "Another language", "In another group before"]
    assert found["Advocacy best practice"] == ["+0.4 ±0.2 150", "+0.2 120", "Hidden for privacy", "+0.1 11"]
    assert len(hidden_cells(html)) == 1


def test_an_attribute_that_such_units_are_not_shown_by_changes_nothing(browser: Browser, shown: Shown) -> None:
    assert rows(page(browser, shown, "Riverside", "?by=years")) == rows(page(browser, shown, "Riverside"))
    assert 'value="years"' not in page(browser, shown, "Riverside")
    assert 'value="years"' in page(browser, shown)


def test_the_first_wave_has_nothing_to_compare_with(browser: Browser, shown: Shown) -> None:
    html = page(browser, shown, query="?wave=fall-2025")
    assert "Fall 2025 was the first wave." in html
    assert "What may be said" not in html


def _cell(change: float, give: float | None, hidden: bool = False) -> Cell:
    if hidden:
        return Cell("", "adv_1", None, {}, hidden=FEW)
    return Cell("", "adv_1", 150, {"change": Coded("exactly", change)}, give)


@given(*(st.integers(low, 30).map(lambda tenths: tenths / 10) for low in (-30, 0)))
def test_growth_is_claimed_only_beyond_its_reach(change: float, give: float) -> None:
    assert (said(_cell(change, give)) == GREW) is (change > give)
    assert (said(_cell(change, give)) == LESS) is (change < -give)


@pytest.mark.parametrize(
    ("cell", "what"), [(_cell(2, None), HINT), (_cell(0.2, 0.2), NO_CHANGE), (_cell(0, 0, hidden=True), IS_HIDDEN)]
)
def test_without_reach_it_is_a_hint_and_hidden_stays_hidden(cell: Cell, what: str) -> None:
    assert said(cell) == what
