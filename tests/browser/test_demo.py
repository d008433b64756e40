"""The first minute: one click takes a part, one click leaves nothing behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.persons import Everybody, Somebody
from tests.browser.steps import Choice, begin, expect_state, pick, wait_for

pytestmark = pytest.mark.browser


def test_one_click_on_the_landing_page_takes_the_part_of_a_new_member(device: Callable[..., Device]) -> None:
    page = device().go("/")
    page.get_by_role("button", name="Be Linh").tap()
    expect(page.get_by_role("heading", name="Hello, Linh")).to_be_visible()
    expect(page.get_by_role("heading", name="Find out where you stand")).to_be_visible()


def test_signing_out_leaves_nothing_in_the_browser(device: Callable[..., Device], newcomer: Somebody) -> None:
    phone = device(newcomer)
    page = phone.page
    begin(page)
    pick(page, Choice("1"))
    expect_state(page, "saved", "Saved")
    wait_for(page, "caches.keys().then((names) => names.length)", 1)
    assert any(name.endswith(".outbox") for name in phone.kept())

    page.goto("/")
    page.locator("details.menu summary").tap()
    with page.expect_response("**/account/logout/") as left:
        page.get_by_role("button", name="Sign out").tap()
    assert left.value.all_headers()["clear-site-data"] == '"cache"'
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert phone.kept() == {}
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    page.goto("/plan/")
    page.wait_for_url("**/account/login/**")


@pytest.mark.parametrize("width", [320, 360, 390, 1280])
def test_the_menu_with_sharing_and_sign_out_is_in_reach_on_every_screen(
    device: Callable[..., Device], everybody: Everybody, width: int
) -> None:
    page = device(everybody.cast["local-president"], size=(width, 640)).go("/")
    page.locator("details.menu summary").click()
    sharing = page.get_by_role("link", name="Who sees my file")
    sharing.scroll_into_view_if_needed()
    expect(sharing).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Sign out")).to_be_in_viewport(ratio=1)
    for entry in page.get_by_role("navigation", name="Main", exact=True).get_by_role("link").all():
        words = entry.locator("span").bounding_box()
        assert words is not None
        assert words["x"] >= 0
        assert words["x"] + words["width"] <= width
