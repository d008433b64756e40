"""What fits a person, the questions before and after a session, what it changed, and where training meets need."""

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed, trail
from tests.browser.persons import Somebody

ROSA, PRESIDENT, STAFF = "building-representative", "local-president", "state-staff"
# A session of Rosa's in the next days: before it she is asked, and may change what she said.
_SOON = trail("/learn/mine/", "a:has-text('Running a meeting')")
_BEFORE = trail("/learn/mine/", "a:has-text('Running a meeting')", "a[href*='/before/']")
_AFTER = trail("/", "a[href$='/after/']")


def _after_wrong(page: Page, somebody: Somebody) -> None:
    _AFTER(page, somebody)
    page.locator("main form button.btn").first.click()
    page.locator(".error, [role=alert]").first.wait_for()


def _thanks(page: Page, somebody: Somebody) -> None:
    _BEFORE(page, somebody)
    for question in page.locator("fieldset.block .asked").all():
        question.locator(".rung > label").nth(1).click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def _passed_over(page: Page, _: Somebody) -> None:
    """Something was not for them, and can be brought back."""
    page.goto("/learn/for-you/")
    if not page.locator(".passed").count():
        page.locator(".fit").last.get_by_role("button", name="Not for me").click()
    page.locator(".passed").wait_for()


PAGES = (
    Listed("for-you", "/learn/for-you/", ROSA),
    Listed("for-you-passed-over", _passed_over, ROSA),
    Listed("for-you-unknown", "/learn/for-you/", "new-member"),
    Listed("for-you-on-an-offering", trail("/learn/for-you/", ".fit-title a"), ROSA),
    Listed("evaluation-asked", _SOON, ROSA),
    Listed("evaluation-before", _BEFORE, ROSA),
    Listed("evaluation-thanks", _thanks, ROSA),
    Listed("evaluation-after", _AFTER, PRESIDENT),
    Listed("evaluation-after-error", _after_wrong, PRESIDENT, REFUSED),
    Listed("coverage-local", "/learn/coverage/", PRESIDENT, repeated=".cover tbody ~ tbody ~ tbody"),
    Listed("coverage-state", "/learn/coverage/?days=365", STAFF, repeated=".cover tbody ~ tbody ~ tbody"),
    Listed("coverage-of-a-step", "/framework/nea-lcf/2020/ORG.1.L2/", STAFF),
    Listed("effects", "/learn/effects/", STAFF, repeated=".stack > li:nth-child(n + 10)"),
    Listed("effect-of-an-offering", trail("/learn/?q=lawyer", ".offer h2 a"), STAFF),
    Listed("effect-for-members", trail("/learn/?q=lawyer", ".offer h2 a"), ROSA),
)
