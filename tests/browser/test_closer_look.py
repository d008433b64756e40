"""The deep form on a phone, from a plan to the theme's page, with script and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.device import Device
from tests.browser.persons import Somebody

pytestmark = pytest.mark.browser


def _blocks(page: Page) -> list[Locator]:
    page.locator("fieldset.block").first.wait_for()
    return page.locator("fieldset.block").all()


def _pick(block: Locator, words: str) -> None:
    block.get_by_role("radio", name=words, exact=True).check()


def _begin(page: Page) -> None:
    """Put a theme into the plan and begin a closer look at it."""
    page.goto("/standing/ORG.1/")
    page.get_by_role("button", name="Add to my plan").tap()
    page.locator(".goal h2 a").tap()
    page.get_by_role("button", name="Take a closer look").tap()
    expect(page.get_by_role("heading", name="Ready when you are")).to_be_visible()
    page.get_by_role("link", name="Begin").tap()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_closer_look_is_answered_left_open_and_finished_on_a_phone(
    device: Callable[..., Device], newcomer: Somebody, script: bool
) -> None:
    page = device(newcomer, java_script_enabled=script).page
    _begin(page)
    first, second, *rest = _blocks(page)

    expect(first.get_by_text("The last time I did it")).to_be_hidden()
    _pick(first, "Regularly")
    expect(first.get_by_text("The last time I did it")).to_be_visible()
    _pick(first, "Within a month")
    _pick(second, "No chance to do this")
    page.get_by_role("button", name="Save and continue").tap()
    expect(page.get_by_text(f"{len(rest)} left on this page.")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(3)
    expect(page.get_by_text("Left open", exact=True)).to_have_count(len(rest))

    for block in _blocks(page)[2:]:
        _pick(block, "Not yet")
    page.get_by_role("button", name="Save and continue").tap()
    expect(page.get_by_role("heading", name="All answered")).to_be_visible()
    page.get_by_role("button", name="Finish").tap()
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    expect(page.get_by_text("Within a month")).to_be_visible()

    page.goto("/standing/ORG.1/")
    expect(page.get_by_text("By your closer look: level 0")).to_be_visible()


def test_the_rest_may_be_left_and_what_was_picked_stays(device: Callable[..., Device], newcomer: Somebody) -> None:
    page = device(newcomer).page
    _begin(page)
    _pick(_blocks(page)[0], "Not yet")
    page.get_by_role("button", name="Leave the rest").tap()
    expect(page.get_by_role("heading", name="Your way so far")).to_be_visible()
    page.get_by_role("link", name="Go on").tap()
    expect(_blocks(page)[0].get_by_role("radio", name="Not yet", exact=True)).to_be_checked()


def test_the_page_can_be_filled_in_with_the_keyboard_alone(device: Callable[..., Device], newcomer: Somebody) -> None:
    page = device(newcomer).page
    _begin(page)
    first = _blocks(page)[0]
    first.get_by_role("radio", name="Not yet", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("radio", name="Sometimes", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(first.get_by_role("radio", name="More than a year ago")).to_be_checked()
