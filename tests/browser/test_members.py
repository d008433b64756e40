"""A list of members comes in without JavaScript: seen first, asked about, stored, and nothing new the second time."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.areas.members import ROWS, bring_in, roster
from tests.browser.device import Device
from tests.browser.persons import Everybody

pytestmark = pytest.mark.browser


def test_a_list_is_seen_first_asked_about_stored_and_says_nothing_new_again(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    page = device(everybody.cast["state-staff"], java_script_enabled=False).page

    def press(name: str) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).first.tap()

    bring_in(page, roster(*ROWS))
    expect(page.get_by_text("Nothing is stored yet.")).to_be_visible()
    expect(page.get_by_text("Row 5, “E-mail”: this is not an e-mail address.")).to_be_visible()
    page.get_by_label("The month comes first").check()
    page.get_by_label("has left").check()
    press("Say so and look again")

    page.get_by_role("link", name="2 places that we do not know").tap()
    expect(page.get_by_label("East Side Bus Garrage").locator("option:checked")).to_have_text("Eastside Bus Garage")
    page.get_by_label("Sunrise Academy").select_option(label="make it a new one")
    press("Say so and look again")
    expect(page.get_by_text("Every place is known now.")).to_be_visible()

    page.get_by_role("link", name="1 person who may be here already").tap()
    page.get_by_label("Nobody of these: a new person").check()
    press("Say so and look again")
    expect(page.locator(".tally > div", has_text="New")).to_contain_text("3")
    press("Store it")
    expect(page.get_by_role("heading", name="The list is stored")).to_be_visible()

    bring_in(page, roster(*ROWS))
    expect(page.get_by_label("has left")).to_have_count(
        0
    )  # that was said; what comes first in dates is asked each time
    page.get_by_label("The month comes first").check()
    press("Say so and look again")
    expect(page.get_by_text("The list says nothing new, so there is nothing to store.")).to_be_visible()
    press("Done")
