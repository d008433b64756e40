"""The directory of an affiliate: before there is one, set up, and with a token just made."""

from playwright.sync_api import Page

from tests.browser.pages import Listed
from tests.browser.persons import Somebody

STAFF = "state-staff"


def _set_up(page: Page, _: Somebody) -> None:
    page.goto("/directories/")
    if page.locator(".feeds a").count():
        page.locator(".feeds a").first.click()
    else:
        with page.expect_navigation():
            page.get_by_role("button", name="Go on").click()


def _with_token(page: Page, somebody: Somebody) -> None:
    _set_up(page, somebody)
    page.get_by_label("What is it for?").fill("Entra ID")
    with page.expect_navigation():
        page.get_by_role("button", name="Make the token").click()


PAGES = (
    Listed("directories", "/directories/", STAFF),
    Listed("directory", _set_up, STAFF),
    Listed("directory-token", _with_token, STAFF),
)
