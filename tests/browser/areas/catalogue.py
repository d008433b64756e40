"""The pages of the catalogue, of my sessions, and of who arranges."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.browser.pages import REFUSED, Listed
from tests.browser.persons import Somebody

Way = Callable[[Page, Somebody], None]


def _follow(target: Locator) -> None:
    before = target.page.url
    target.click()
    target.page.wait_for_url(lambda url: url != before)


def _offering(title: str) -> Way:
    def way(page: Page, _: Somebody) -> None:
        page.goto(f"/learn/?q={title}")
        _follow(page.locator(".offer h2 a").first)

    return way


def _session(title: str) -> Way:
    """The next session of an offering."""

    def way(page: Page, somebody: Somebody) -> None:
        _offering(title)(page, somebody)
        _follow(page.locator(".dates h3 a").first)

    return way


def _then(way: Way, *links: str) -> Way:
    """Go there, and follow these links or buttons one after the other."""

    def whole(page: Page, somebody: Somebody) -> None:
        way(page, somebody)
        for link in links:
            _follow(page.get_by_role("link", name=link).first)

    return whole


def _past(page: Page, _: Somebody) -> None:
    page.goto("/learn/mine/")
    _follow(page.locator(".past-l h3 a").first)


def _needs_wrong(page: Page, somebody: Somebody) -> None:
    _session("From issue to campaign")(page, somebody)
    page.get_by_text("I need something, or child care").click()
    page.get_by_label("Children who need care").fill("99")
    page.get_by_role("button", name="Join the waiting list").click()
    page.locator(".error").first.wait_for()


def _draft(page: Page, _: Somebody) -> None:
    page.goto("/learn/arrange/offerings/?status=draft")
    _follow(page.locator(".line h2 a").first)


def _offering_wrong(page: Page, _: Somebody) -> None:
    page.goto("/learn/arrange/offerings/add/")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").first.wait_for()


def _session_wrong(page: Page, somebody: Somebody) -> None:
    _then(_offering("Treasurers"), "Plan a session")(page, somebody)
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("alert").first.wait_for()


def _people(page: Page, _: Somebody) -> None:
    """The list of the session that goes on."""
    page.goto("/learn/arrange/")
    _follow(page.locator(".attend a", has_text="Winter school"))


def _room(page: Page, somebody: Somebody) -> None:
    _people(page, somebody)
    _follow(page.get_by_role("link", name="Code for the wall"))


def _here(*, marked: bool) -> Way:
    """Where the code on the wall leads."""

    def way(page: Page, somebody: Somebody) -> None:
        _room(page, somebody)
        said = page.locator(".wall-qr svg").get_attribute("aria-label") or ""
        page.goto("/learn/here/" + said.partition("/learn/here/")[2])
        button = page.get_by_role("button", name="I am here")
        if marked and button.is_visible():
            button.click()
        elif not marked and page.get_by_role("button", name="Undo").is_visible():
            page.get_by_role("button", name="Undo").click()
        page.get_by_role("heading", name="You are marked" if marked else "Are you there?").wait_for()

    return way


STAFF, PRESIDENT, ROSA, LINH = "state-staff", "local-president", "building-representative", "new-member"
PAGES = (
    Listed("learn", "/learn/", ROSA, repeated=".offer:nth-child(n + 7)"),
    Listed("learn-filtered", "/learn/?language=es&free=1&level=1", ROSA),
    Listed("learn-nothing", "/learn/?q=xylophone", ROSA),
    Listed("offering", _offering("Conflict without"), ROSA),
    Listed("offering-self-paced", _offering("Phones, posts"), LINH),
    Listed("offering-draft", _draft, PRESIDENT),
    Listed("session-seat", _session("New member evening"), ROSA),
    Listed("session-open", _session("Small local"), ROSA),
    Listed("session-full", _session("From issue to campaign"), ROSA),
    Listed("session-waiting", _session("Leadership weekend"), LINH),
    Listed("session-past", _past, ROSA),
    Listed("session-error", _needs_wrong, ROSA, REFUSED),
    Listed("session-run", _session("New member evening"), PRESIDENT),
    Listed("my-sessions", "/learn/mine/", ROSA),
    Listed("my-sessions-empty", "/learn/mine/", "done"),
    Listed("arrange", "/learn/arrange/", PRESIDENT),
    Listed("arrange-over", "/learn/arrange/?show=over", STAFF, repeated=".line:nth-child(n + 7)"),
    Listed("arrange-offerings", "/learn/arrange/offerings/", STAFF, repeated=".line:nth-child(n + 7)"),
    Listed("offering-add", "/learn/arrange/offerings/add/", STAFF),
    Listed("offering-add-error", _offering_wrong, STAFF, REFUSED),
    Listed("offering-change", _then(_offering("Treasurers"), "Change it"), STAFF),
    Listed("offering-discard", _then(_draft, "Discard this draft"), PRESIDENT),
    Listed("offering-materials", _then(_offering("Leadership weekend"), "Materials"), STAFF),
    Listed("session-plan", _then(_offering("Treasurers"), "Plan a session"), STAFF),
    Listed("session-plan-error", _session_wrong, STAFF, REFUSED),
    Listed("session-change", _then(_session("Leadership weekend"), "Change it"), STAFF),
    Listed("session-cancel", _then(_session("Leadership weekend"), "Cancel this session"), STAFF),
    Listed("session-people", _people, PRESIDENT),
    Listed("session-needs", _then(_session("Leadership weekend"), "Who comes", "See what they need"), STAFF),
    Listed("session-room", _room, PRESIDENT),
    Listed("here", _here(marked=False), PRESIDENT),
    Listed("here-marked", _here(marked=True), PRESIDENT),
)
