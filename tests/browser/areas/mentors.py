"""The pages of mentoring and coaching, of who looked at a file, and of evidence that leads on to its badge."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.browser.pages import REFUSED, Listed, linked
from tests.browser.persons import Somebody

Way = Callable[[Page, Somebody], None]
ROSA, LINH, COACH, STAFF = "building-representative", "new-member", "coach", "state-staff"
_WITH = "section[aria-labelledby=with] h3 a"


def _follow(target: Locator) -> None:
    before = target.page.url
    target.click()
    target.page.wait_for_url(lambda url: url != before)


def _mentorship(*links: str) -> Way:
    def way(page: Page, somebody: Somebody) -> None:
        linked("/mentors/", _WITH)(page, somebody)
        for link in links:
            _follow(page.get_by_role("link", name=link).first)

    return way


def _refused(first: Way, button: str) -> Way:
    """Go there, and send what is missing something."""

    def way(page: Page, somebody: Somebody) -> None:
        first(page, somebody)
        page.get_by_role("button", name=button).click()
        page.locator(".error").first.wait_for()

    return way


def _narrowed(page: Page, _: Somebody) -> None:
    page.goto("/mentors/?theme=ORG.4&time=weekends&language=en")
    page.get_by_label("Theme").wait_for()


def _matched(page: Page, _: Somebody) -> None:
    """The matching of the only group, or of the first."""
    page.goto("/coaching/match/")
    group = page.locator(".pieces h2 a")
    if group.count():
        _follow(group.first)


_ASK = linked("/mentors/", ".mentor h3 a")
PAGES = (
    Listed("mentors", "/mentors/", ROSA, repeated=".mentor:nth-child(n + 4)"),
    Listed("mentors-suggested", "/mentors/", LINH, repeated=".mentor:nth-child(n + 4)"),
    Listed("mentors-asked", "/mentors/", COACH, repeated=".mentor:nth-child(n + 4)"),
    Listed("mentors-narrowed", _narrowed, ROSA),
    Listed("mentor-search", "/mentors/search/", LINH),
    Listed("mentor-ask", _ASK, ROSA),
    Listed("mentor-ask-error", _refused(_ASK, "Send my ask"), ROSA, REFUSED),
    Listed("mentor-offer", "/mentors/offer/", COACH),
    Listed("mentor-offer-new", "/mentors/offer/", ROSA),
    Listed("mentor-offer-error", _refused(linked("/mentors/", ".acts a"), "Offer to mentor"), ROSA, REFUSED),
    Listed("mentor-answer", linked("/mentors/", "section[aria-labelledby=asked] h3 a"), COACH),
    Listed("mentorship", _mentorship(), ROSA),
    Listed("mentorship-of-mentor", _mentorship(), COACH),
    Listed("mentorship-terms", _mentorship("Change it"), ROSA),
    Listed("mentor-meeting", _mentorship("Write down a meeting"), ROSA),
    Listed("mentorship-end", _mentorship("End this mentorship"), ROSA),
    Listed("coaching", "/coaching/", COACH, repeated=".mentor:nth-child(n + 4)"),
    Listed("coaching-match-groups", "/coaching/match/", STAFF),
    Listed("coaching-match", _matched, COACH),
    Listed("looks", "/me/looks/", ROSA),
    Listed("looks-empty", "/me/looks/", "done"),
)
