"""Mentoring: finding one, offering to be one, asking and answering, meeting; and the coach's people."""

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed, trail
from tests.browser.persons import Somebody

ROSA, LINH, COACH, STAFF = "building-representative", "new-member", "coach", "state-staff"


def _offer_wrong(page: Page, _: Somebody) -> None:
    page.goto("/mentors/offer/")
    page.locator("main form[novalidate] button[type=submit], main form button.btn").first.click()
    page.locator(".error").first.wait_for()


PAGES = (
    Listed("mentors", "/mentors/", ROSA),
    Listed("mentors-none", "/mentors/", "done"),
    Listed("mentor", trail("/mentors/", ".mentor-who h3 a"), ROSA),
    Listed("mentor-search", "/mentors/search/", LINH),
    Listed("mentor-offer", "/mentors/offer/", COACH),
    Listed("mentor-offer-new-error", _offer_wrong, "done", REFUSED),
    Listed("mentor-asked", trail("/mentors/", "a[href*='/mentors/asks/']"), COACH),
    Listed("mentorship", trail("/coaching/", "a[href*='/mentors/with/']"), COACH),
    Listed("coaching", "/coaching/", COACH),
    Listed("coaching-match-groups", "/coaching/match/", STAFF),
    Listed("coaching-match", trail("/coaching/match/", "a[href*='/coaching/match/']"), STAFF),
)
