"""A whole step with nothing but a keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.persons import Everybody, Somebody
from tests.browser.site import Site
from tests.browser.steps import code_of, expect_state, stored

pytestmark = pytest.mark.browser
# What has the focus, in words, and whether it is drawn: on the element, or on what stands for it.
FOCUSED = """() => {
  const here = document.activeElement;
  const ring = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const drawn = [here, ...(here.labels || []), here.closest(".rung"), here.nextElementSibling].filter(Boolean)
    .some((element) => ring(getComputedStyle(element)) || ring(getComputedStyle(element, "::after"))
      || ring(getComputedStyle(element, "::before")));
  const box = here.getBoundingClientRect();
  const name = here.labels && here.labels.length ? here.labels[0].textContent : here.textContent;
  const seen = box.bottom > 0 && box.top < innerHeight;
  return { name: name.trim().split(/\\s{2,}|\\n/)[0], value: here.value || "", drawn, seen };
}"""


def _press(page: Page, *keys: str) -> dict[str, str]:
    for key in keys:
        page.keyboard.press(key)
    focused: dict[str, str] = page.evaluate(FOCUSED)
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
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_every_stop_of_the_standing_can_be_seen_and_comes_in_the_order_of_the_page(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    page = device(everybody.cast["building-representative"], size=DESK).go("/standing/")
    stops = []
    while page.evaluate("document.activeElement !== document.body") or not stops:
        focused = _press(page, "Tab")
        stops.append(focused["place"])
    inside = [stop for stop in stops if stop >= 0]
    assert len(inside) > 33
    assert inside == sorted(inside)
