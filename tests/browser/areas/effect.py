"""What fits a person, the questions before and after a session, what it changed, and where training meets need."""

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed, trail
from tests.browser.persons import Somebody

ROSA, PRESIDENT, STAFF = "building-representative", "local-president", "state-staff"


def _after_wrong(page: Page, somebody: Somebody) -> None:
    trail("/", "a[href$='/after/']")(page, somebody)
    page.locator("main form button.btn").first.click()
    page.locator(".error, [role=alert]").first.wait_for()


PAGES = (
    Listed("for-you", "/learn/for-you/", ROSA),
    Listed("for-you-unknown", "/learn/for-you/", "new-member"),
    Listed("evaluation-after", trail("/", "a[href$='/after/']"), PRESIDENT),
    Listed("evaluation-after-error", _after_wrong, PRESIDENT, REFUSED),
    Listed("coverage-local", "/learn/coverage/", PRESIDENT),
    Listed("coverage-state", "/learn/coverage/", STAFF),
    Listed("effects", "/learn/effects/", STAFF),
)
