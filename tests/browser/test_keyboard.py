"""A whole step with nothing but a keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.persons import Everybody, Somebody
from tests.browser.site import Site
from tests.browser.steps import code_of, expect_state, stored

pytestmark = pytest.mark.browser
# What has the focus: its words, whether that is drawn (on it, or on what stands for it), and its place in the page.
FOCUSED = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  const ring = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const drawn = [here, ...(here.labels || []), here.closest(".rung"), here.nextElementSibling].filter(Boolean)
    .some((element) => ["", "::before", "::after"].some((part) => ring(getComputedStyle(element, part))));
  const box = here.getBoundingClientRect();
  const name = here.labels && here.labels.length ? here.labels[0].textContent : here.textContent;
  const place = [...document.querySelectorAll("*")].indexOf(here);
  return { name: name.trim(), value: here.value || "", drawn, seen: box.bottom > 0 && box.top < innerHeight, place };
}"""


def _press(page: Page, key: str) -> dict[str, Any]:
    """Press a key, and return what then has the focus; it has to be in sight, and drawn as such."""
    page.keyboard.press(key)
    focused: dict[str, Any] | None = page.evaluate(FOCUSED)
    assert focused is not None, f"after {key} nothing has the focus"
    assert focused["drawn"], f"the focus on {focused} cannot be seen"
    assert focused["seen"], f"the focus on {focused} is out of sight"
    return focused


def test_a_step_is_answered_with_the_keyboard_alone(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    page = device(newcomer, size=DESK).go("/assess/")
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Begin").focus()
    page.keyboard.press("Enter")
    form = page.locator("form[data-outbox]")
    form.wait_for()
    response, first = page.url.split("/")[-3], code_of(page)

    names = [_press(page, "Tab")["name"] for _ in range(3)]
    assert names == ["Skip to main content", "Back", "All themes"]
    _press(page, "Tab")
    assert page.evaluate("document.activeElement.name") == "step"
    assert _press(page, "Space")["value"] == "0"
    assert _press(page, "ArrowDown")["value"] == "1"
    assert _press(page, "ArrowDown")["value"] == "2"
    expect_state(page, "saved", "Saved")
    assert _press(page, "Tab")["name"].startswith("Partly")
    page.keyboard.press("Space")
    expect(page.locator("input[name=partly][value='2']")).to_be_checked()
    assert _press(page, "Tab")["name"] == "Save and continue"
    assert _press(page, "Tab")["name"] == "Skip"
    assert _press(page, "Shift+Tab")["name"] == "Save and continue"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith(f"/{first}/"))
    assert stored(site, response) == {first: 5}


def test_the_first_stop_leads_past_the_navigation(device: Callable[..., Device], everybody: Everybody) -> None:
    page = device(everybody.cast["building-representative"], size=DESK).go("/standing/")
    assert _press(page, "Tab")["name"] == "Skip to main content"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("#main"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_every_stop_of_the_standing_can_be_seen_and_comes_in_the_order_of_the_page(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    page = device(everybody.cast["building-representative"], size=DESK).go("/standing/")
    last = page.locator("main a, main button, main summary, main input").last
    stops = [_press(page, "Tab")["place"]]
    while not last.evaluate("(element) => element === document.activeElement"):
        stops.append(_press(page, "Tab")["place"])
    assert len(stops) > 33
    assert stops == sorted(stops)
