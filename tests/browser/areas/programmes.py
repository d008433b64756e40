"""Programmes: as a member, an endorser, a reader and the staff who run them meet each page."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed, trail
from tests.browser.persons import Somebody

STAFF, PRESIDENT, ROSA, LINH, COACH = (
    "state-staff", "local-president", "building-representative", "new-member", "coach",
)  # fmt: skip
_HOME, _RUN = "/programs/", "/programs/run/"
_DRAFT = "a[href*='/programs/application/']"


def _calls(status: str, *links: str) -> Callable[[Page, Somebody], None]:
    """The first call at that stage, as who runs it finds it."""
    return trail(_RUN, f".block:has(.chip:text-is('{status}')) h3 a", *links)


def _cohort(*links: str) -> Callable[[Page, Somebody], None]:
    return trail(_RUN, "a[href*='/run/cohort/']", *links)


def _question_wrong(page: Page, somebody: Somebody) -> None:
    trail(_HOME, _DRAFT, "a[href$='/question/1/']")(page, somebody)
    page.locator("main textarea").first.fill("x" * 3000)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.locator(".error").first.wait_for()


def _reading_wrong(page: Page, somebody: Somebody) -> None:
    trail("/programs/readings/", "a[href*='/programs/readings/']")(page, somebody)
    page.get_by_role("button", name="Send").first.click()
    page.locator(".error").first.wait_for()


def _programme_wrong(page: Page, _: Somebody) -> None:
    page.goto("/programs/run/new/")
    page.get_by_role("button", name="Store").last.click()
    page.locator(".error").first.wait_for()


PAGES = (
    Listed("programs", _HOME, ROSA),
    Listed("programs-none", _HOME, "done"),
    Listed("program-call", trail(_HOME, "a[href*='/programs/call/']"), ROSA),
    Listed("program-draft", trail(_HOME, _DRAFT), LINH),
    Listed("program-question", trail(_HOME, _DRAFT, "a[href$='/question/1/']"), LINH),
    Listed("program-question-error", _question_wrong, LINH, REFUSED),
    Listed("program-take-back", trail(_HOME, _DRAFT, "a[href$='/take-back/']"), LINH),
    Listed("program-application", trail(_HOME, _DRAFT), ROSA),
    Listed("program-offer", trail(_HOME, "a[href*='/programs/offer/']"), ROSA),
    Listed("cohort", trail(_HOME, "a[href*='/programs/cohort/']"), ROSA),
    Listed("cohort-capstone", trail(_HOME, "a[href*='/programs/cohort/']", "a[href$='/capstone/']"), PRESIDENT),
    Listed("endorsements", "/programs/endorsements/", PRESIDENT),
    Listed("endorsement", trail("/programs/endorsements/", "a[href*='/programs/endorsements/']"), PRESIDENT),
    Listed("readings", "/programs/readings/", COACH),
    Listed("readings-none", "/programs/readings/", "done"),
    Listed("reading", trail("/programs/readings/", "a[href*='/programs/readings/']"), COACH),
    Listed("reading-error", _reading_wrong, COACH, REFUSED),
    Listed("capstone-read", trail("/programs/readings/", "a[href*='/readings/capstone/']"), COACH),
    Listed("run-programs", _RUN, STAFF),
    Listed("run-program-new", "/programs/run/new/", STAFF),
    Listed("run-program-new-error", _programme_wrong, STAFF, REFUSED),
    Listed("run-program", trail(_RUN, "a[href*='/run/program/']"), STAFF),
    Listed("run-call-new", trail(_RUN, "a[href*='/run/program/'][href$='/call/']"), STAFF),
    Listed("run-call-open", _calls("Open"), STAFF),
    Listed("run-call-close", _calls("Open", "a[href$='/close/']"), STAFF),
    Listed("run-call-read", _calls("Closed, being read"), STAFF),
    Listed("run-call-decided", _calls("Decided"), STAFF),
    Listed("run-application", _calls("Open", "tbody th a"), STAFF),
    Listed("run-readers", _calls("Closed, being read", "a[href$='/readers/']"), STAFF),
    Listed("run-selection", _calls("Closed, being read", "a[href$='/selection/']"), STAFF),
    Listed("run-select", _calls("Closed, being read", "a[href$='/selection/']", ".code a"), STAFF),
    Listed("run-offers", _calls("Decided", "a[href$='/offers/']"), STAFF),
    Listed("run-cohort", _cohort(), STAFF),
    Listed("run-cohort-session", _cohort("a[href$='/session/']"), STAFF),
    Listed("run-attendance", _cohort("a[href*='/run/session/']"), STAFF),
    Listed("run-member", _cohort("a[href*='/run/member/']"), STAFF),
)
