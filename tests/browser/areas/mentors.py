"""Mentoring: finding one, offering to be one, asking and answering, meeting; the coach's people; who looked."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed, trail
from tests.browser.persons import Somebody

ROSA, LINH, COACH, STAFF = "building-representative", "new-member", "coach", "state-staff"
_ASK, _OWN = ".mentor-who h3 a", "section[aria-labelledby=with] h3 a"


def _offer_wrong(page: Page, _: Somebody) -> None:
    page.goto("/mentors/offer/")
    page.locator("main form[novalidate] button[type=submit], main form button.btn").first.click()
    page.locator(".error").first.wait_for()


def _ask_wrong(page: Page, somebody: Somebody) -> None:
    trail("/mentors/", _ASK)(page, somebody)
    page.get_by_role("button", name="Send my ask").click()
    page.locator(".error").first.wait_for()


def _mentorship(link: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, somebody: Somebody) -> None:
        trail("/mentors/", _OWN)(page, somebody)
        page.get_by_role("link", name=link).click()
        page.get_by_role("link", name="Cancel").or_(page.get_by_role("link", name="Go on with it")).wait_for()

    return way


PAGES = (
    Listed("mentors", "/mentors/", ROSA),
    Listed("mentors-none", "/mentors/", "done"),
    Listed("mentors-suggested", "/mentors/", LINH, repeated=".mentor:nth-child(n + 4)"),
    Listed("mentors-narrowed", "/mentors/?theme=ORG.4&time=weekends&language=en", ROSA),
    Listed("mentor", trail("/mentors/", _ASK), ROSA),
    Listed("mentor-error", _ask_wrong, ROSA, REFUSED),
    Listed("mentor-search", "/mentors/search/", LINH),
    Listed("mentor-offer", "/mentors/offer/", COACH),
    Listed("mentor-offer-new-error", _offer_wrong, "done", REFUSED),
    Listed("mentor-asked", trail("/mentors/", "a[href*='/mentors/asks/']"), COACH),
    Listed("mentorship", trail("/coaching/", "a[href*='/mentors/with/']"), COACH),
    Listed("mentorship-own", trail("/mentors/", _OWN), ROSA),
    Listed("mentorship-terms", _mentorship("Change it"), ROSA),
    Listed("mentorship-meeting", _mentorship("Write down a meeting"), ROSA),
    Listed("mentorship-end", _mentorship("End this mentorship"), ROSA),
    Listed("coaching", "/coaching/", COACH),
    Listed("coaching-match-groups", "/coaching/match/", STAFF),
    Listed("coaching-match", trail("/coaching/match/", "a[href*='/coaching/match/']"), STAFF),
    Listed("looks", "/me/looks/", ROSA),
    Listed("looks-empty", "/me/looks/", "done"),
)
