"""The directory of an affiliate: before there is one, set up, with a token just made, and as people sign in by it."""

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed
from tests.browser.persons import Somebody

STAFF = "state-staff"
FORBIDDEN = ("the server responded with a status of 403",)


def _set_up(page: Page, _: Somebody) -> None:
    page.goto("/directories/")
    known = page.locator(".feeds a").first
    with page.expect_navigation():
        (known if known.count() else page.get_by_role("button", name="Go on")).click()


def _with_token(page: Page, somebody: Somebody) -> None:
    _set_up(page, somebody)
    page.get_by_label("What is it for?").fill("Entra ID")
    with page.expect_navigation():
        page.get_by_role("button", name="Make the token").click()


def _sign_in(page: Page, somebody: Somebody) -> None:
    _set_up(page, somebody)
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="Set it up").or_(
            page.get_by_role("link", name="Change it")
        ).click()


def _switched_on(page: Page, somebody: Somebody) -> None:
    """Set the sign-in, so that the sign-in page and the settings offer it."""
    _sign_in(page, somebody)
    page.get_by_label("Issuer").fill("https://sso.example.org")
    page.get_by_label("Client ID").fill("trellis")
    page.get_by_label("Client secret").fill("a secret that both know")
    page.get_by_label("People can sign in through it").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()


def _wrong(page: Page, somebody: Somebody) -> None:
    _sign_in(page, somebody)
    page.get_by_label("Issuer").fill("http://sso.example.org")
    page.get_by_label("Client ID").fill("trellis")
    page.get_by_label("Client secret").fill("a secret that both know")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()


def _linking(page: Page, somebody: Somebody) -> None:
    _switched_on(page, somebody)
    page.goto("/me/settings/")
    with page.expect_navigation():
        page.get_by_role("button", name="Use it to come in here").click()


def _choosing(page: Page, somebody: Somebody) -> None:
    _switched_on(page, somebody)
    page.goto("/account/organization/")


PAGES = (
    Listed("directories", "/directories/", STAFF),
    Listed("directory", _set_up, STAFF),
    Listed("directory-token", _with_token, STAFF),
    Listed("directory-sign-in", _switched_on, STAFF),
    Listed("directory-sign-in-error", _wrong, STAFF, REFUSED),
    Listed("organization-choose", _choosing, STAFF),
    Listed("organization-none", "/account/organization/?q=nowhere", ""),
    Listed("organization-refused", "/account/organization/unknown/", "", FORBIDDEN),
    Listed("organization-link", _linking, STAFF),
)
