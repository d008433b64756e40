"""Reading the framework: from the grid to a cell, the search as one types, two editions side by side, and paper."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.device import DESK, Device
from tests.browser.pages import OFFICIAL
from tests.browser.persons import Everybody
from tests.browser.steps import follow
from tests.framework.importing.documents import GARDEN, grid

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


def test_two_editions_are_chosen_and_compared(device: Callable[..., Device]) -> None:
    page = device(size=DESK).go("/framework/compare/")
    page.get_by_label("From").select_option("nea-lcf/2020")
    page.get_by_label("To", exact=True).select_option("nea-lcf/2020")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Not a word differs")).to_be_visible()
    assert "a=nea-lcf" in page.url


def test_a_keeper_reads_a_document_in_sees_the_plan_and_keeps_or_discards_the_draft(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    page = device(everybody.cast["data-steward"], size=DESK).go("/framework/imports/")
    document = {"name": "garden.md", "mimeType": "text/markdown", "buffer": grid(GARDEN).encode()}
    page.get_by_label("Document").set_input_files(files=[document])
    page.get_by_role("button", name="Read it and show the plan").click()
    expect(page.get_by_role("heading", name="The plan")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Make this draft edition").click()
    expect(page.get_by_text("is stored. Nobody else sees it yet.")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="Discard").click()
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("No drafts")).to_be_visible()


@pytest.mark.parametrize("path", [f"/{OFFICIAL}/print/", f"/{OFFICIAL}/ADV.1.L2/", f"/{OFFICIAL}/ADV/"])
def test_paper_has_no_navigation(device: Callable[..., Device], path: str) -> None:
    page = device(size=DESK).go(path)
    expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator("nav.main-nav")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
