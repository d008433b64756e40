"""My data, with and without a request to be erased; and people who have left."""

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed
from tests.browser.persons import Somebody


def _unsure(page: Page, _: Somebody) -> None:
    page.goto("/me/data/")
    page.get_by_role("button", name="Erase me in").click()
    page.get_by_role("alert").wait_for()


def _asked(page: Page, _: Somebody) -> None:
    page.goto("/me/data/")
    page.get_by_label("I want everything about me erased").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Erase me in").click()


PAGES = (
    Listed("own-data", "/me/data/", "building-representative"),
    Listed("own-data-unsure", _unsure, "building-representative", REFUSED),
    Listed("own-data-asked", _asked, "done"),
    Listed("departed", "/people/left/", "data-steward"),
    Listed("departed-nobody", "/people/left/?q=xylophone", "data-steward"),
)
