"""Programs that read for somebody, with a token just made; addresses that are told of completions."""

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed
from tests.browser.persons import Somebody

STAFF = "state-staff"


def make_token(page: Page, _: Somebody) -> None:
    """Make a token; it is shown on the page that follows."""
    page.goto("/me/programs/")
    page.get_by_label("What is it for?").fill("The local's own site")
    page.get_by_label("My plan: goals and steps").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Make the token").click()


def _wrong(page: Page, _: Somebody) -> None:
    page.goto("/me/programs/")
    page.get_by_label("What is it for?").fill("The local's own site")
    with page.expect_navigation():
        page.get_by_role("button", name="Make the token").click()


def add_webhook(page: Page, _: Somebody) -> None:
    """Have an address told of attendance; its secret is shown on the page that follows."""
    page.goto("/webhooks/")
    page.get_by_label("Address", exact=True).fill(
        "https://lms.example.org/a/very/long/address/that/has/no/place/to/break"
    )
    page.get_by_label("Somebody came to a session").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Add the address").click()


def _added(page: Page, somebody: Somebody) -> None:
    page.goto("/webhooks/")
    link = page.locator(".feeds a").first
    if not link.count():
        add_webhook(page, somebody)
    page.goto("/webhooks/")
    with page.expect_navigation():
        page.locator(".feeds a").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Send a test").click()


PAGES = (
    Listed("tokens-empty", "/me/programs/", "new-member"),
    Listed("tokens-told", make_token, "done"),
    Listed("tokens-error", _wrong, "new-member", REFUSED),
    Listed("webhooks", "/webhooks/", STAFF),
    Listed("webhook", _added, STAFF),
)
