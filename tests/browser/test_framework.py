"""Reading the framework: from the grid to a cell, the search as one types, two editions side by side, and paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import DESK, Device
from tests.browser.pages import OFFICIAL
from tests.browser.steps import follow

pytestmark = pytest.mark.browser


def test_the_way_leads_from_the_grid_to_a_cell_with_its_activities(device: Callable[..., Device]) -> None:
    page = device().go("/framework/")
    follow(page.get_by_role("link", name="Advocacy").first)
    expect(page.get_by_role("heading", name="Advocacy", level=1)).to_be_visible()
    follow(page.locator("a[href$='/ADV.1/']").first)
    follow(page.locator("a[href$='/ADV.1.L2/']").first)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("main li").count() > 4


def test_the_search_finds_as_one_types_and_the_address_can_be_shared(device: Callable[..., Device]) -> None:
    page = device(size=DESK).go("/framework/search/")
    page.get_by_role("searchbox").press_sequentially("budget")
    expect(page.locator("#found [role=status]")).to_contain_text("“budget”")
    assert page.locator("#found .hits a").count() > 1
    page.wait_for_url("**q=budget**")
    found = page.locator("#found .hit-t").all_inner_texts()
    page.reload()
    assert page.locator("#found .hit-t").all_inner_texts() == found
    page.locator("#found .hits a").first.click()
    page.wait_for_url("**/framework/*/*/**")


def test_a_visitor_can_put_an_edition_beside_another(device: Callable[..., Device]) -> None:
    page = device(size=DESK).go("/framework/compare/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/framework/compare/?a=nea-lcf/2020&b=nea-lcf/2020")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("path", [f"/{OFFICIAL}/print/", f"/{OFFICIAL}/ADV.1.L2/", f"/{OFFICIAL}/ADV/"])
def test_paper_has_no_navigation(device: Callable[..., Device], path: str) -> None:
    page = device(size=DESK).go(path)
    expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator("nav.main-nav")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
