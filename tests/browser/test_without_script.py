"""The assessment needs no JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.persons import Somebody
from tests.browser.site import Site
from tests.browser.steps import Choice, begin, code_of, go_on, pick, shown, skip, stored

pytestmark = pytest.mark.browser


def test_the_assessment_can_be_answered_and_finished_without_javascript(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer, java_script_enabled=False)
    phone.expected.append("status of 422")
    page = phone.page
    response = begin(page)
    first = page.url

    page.get_by_role("button", name="Save and continue").tap()
    expect(page.get_by_role("alert")).to_have_text("Pick a step, or skip this theme for now.")
    expect(page.get_by_role("group").first).to_have_attribute("aria-describedby", "step-error")
    assert page.url == first

    given = {}
    for choice in (Choice("2"), Choice("1", partly=True), Choice("none"), Choice("0", partly=True)):
        given[code_of(page)] = choice.half_steps
        pick(page, choice)
        go_on(page)
    skipped = code_of(page)
    skip(page)
    assert stored(site, response) == given
    page.goto(first)
    assert shown(page) == Choice("2")

    page.get_by_role("link", name="All themes").tap()
    expect(page.get_by_text("4 of 33 answered")).to_be_visible()
    expect(page.locator("#unsent")).to_be_hidden()
    page.get_by_role("link", name="Go on").tap()
    expect(page.get_by_text("Theme 5 of 33")).to_be_visible()
    assert code_of(page) == skipped
    page.get_by_role("link", name="All themes").tap()
    page.get_by_role("button", name="Finish and see where I stand").tap()
    expect(page.get_by_role("heading", name="Strengths to build on")).to_be_visible()
    page.get_by_role("button", name="Add to my plan").tap()
    expect(page.get_by_role("heading", name="My plan", exact=True)).to_be_visible()
