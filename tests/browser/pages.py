"""Every page that people see, listed once: its name, who looks, and how to get there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.device import Device
from tests.browser.persons import Everybody, Somebody

OFFICIAL = "framework/nea-lcf/2020"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page: `way` leads there from an open browser; `who` names one of the cast, a state, or nobody for a visitor."""

    name: str
    way: str | Callable[[Page, Somebody], None]
    who: str = ""
    expected: tuple[str, ...] = ()
    repeated: str = ""  # selects what shows the same over and over, and need not all be checked

    def open(self, device: Device, everybody: Everybody) -> Page:
        """Sign in and go there."""
        somebody = Somebody("", ())
        if self.who:
            somebody = everybody.cast.get(self.who) or everybody.states[self.who]
            device.sign_in(somebody)
        device.expected += self.expected
        if isinstance(self.way, str):
            device.go(self.way.format(response=somebody.response))
        else:
            self.way(device.page, somebody)
        return device.page


def _follow(link: Locator) -> None:
    before = link.page.url
    link.click()
    link.page.wait_for_url(lambda url: url != before)


def _unanswered(page: Page, somebody: Somebody) -> None:
    page.goto(f"/assess/{somebody.response}/")
    _follow(page.get_by_role("link", name="Go on"))


def _answered(page: Page, somebody: Somebody) -> None:
    page.goto(f"/assess/{somebody.response}/")
    _follow(page.locator(".answers a", has=page.locator(".half")).first)


def _error(page: Page, somebody: Somebody) -> None:
    _unanswered(page, somebody)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("alert").wait_for()


def _team(name: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        page.goto("/team/")
        _follow(page.get_by_role("link", name=name))

    return way


def _first_card(path: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        page.goto(path)
        _follow(page.locator("main .card h2 a").first)

    return way


REFUSED = ("the server responded with a status of 422",)
MISSING = ("the server responded with a status of 404",)
PAGES = (
    Listed("landing", "/"),
    Listed("sign-in", "/account/login/"),
    Listed("sign-in-code", "/account/login/code/"),
    Listed("sign-up", "/account/signup/"),
    Listed("forgotten-password", "/account/password/reset/"),
    Listed("sign-out", "/account/logout/", "done"),
    Listed("home-new", "/", "new-member"),
    Listed("home", "/", "building-representative"),
    Listed("assess-start", "/assess/", "new-member"),
    Listed("assess-again", "/assess/", "done"),
    Listed("assess-overview", "/assess/{response}/", "begun"),
    Listed("assess-finished", "/assess/{response}/", "done"),
    Listed("step", _unanswered, "begun"),
    Listed("step-answered", _answered, "begun"),
    Listed("step-error", _error, "begun", REFUSED),
    Listed("standing-empty", "/standing/", "new-member"),
    Listed("standing", "/standing/", "building-representative"),
    Listed("standing-first", "/standing/", "done"),
    Listed("theme", "/standing/ORG.1/", "building-representative"),
    Listed("focus", "/standing/focus/", "building-representative"),
    Listed("plan-empty", "/plan/", "new-member"),
    Listed("plan", "/plan/", "building-representative"),
    Listed("roles", "/roles/", "building-representative"),
    Listed("role", _first_card("/roles/"), "building-representative"),
    Listed("role-edit", _first_card("/roles/"), "data-steward"),
    Listed("teams", "/team/", "local-president"),
    Listed("team", _team("Riverside ESP board"), "local-president"),
    Listed("team-hidden", _team("Lincoln Elementary"), "local-president"),
    Listed("shared", "/shared/", "coach"),
    Listed("shared-file", _first_card("/shared/"), "coach"),
    Listed("sharing", "/me/sharing/", "building-representative"),
    Listed("settings", "/me/settings/", "done"),
    Listed("email", "/account/email/", "done"),
    Listed("password", "/account/password/change/", "done"),
    Listed("second-step", "/account/2fa/", "done"),
    Listed("second-step-on", "/account/2fa/", "secured"),
    Listed("second-step-app", "/account/2fa/totp/activate/", "done"),
    Listed("second-step-codes", "/account/2fa/recovery-codes/", "secured"),
    Listed("is-it-you", "/account/reauthenticate/", "done"),
    Listed("passkey", "/account/2fa/webauthn/add/", "done"),
    Listed("framework", "/framework/"),
    Listed("framework-edition", f"/{OFFICIAL}/"),
    Listed("framework-domain", f"/{OFFICIAL}/ADV/"),
    Listed("framework-theme", f"/{OFFICIAL}/ADV.1/"),
    Listed("framework-cell", f"/{OFFICIAL}/ADV.1.L2/", "building-representative"),
    Listed("framework-print", f"/{OFFICIAL}/print/", repeated=".p-domain ~ .p-domain"),
    Listed("framework-attributes", "/framework/bargaining-attributes/2020/"),
    Listed("search", "/framework/search/?q=listen"),
    Listed("search-nothing", "/framework/search/?q=xylophone"),
    Listed("compare", "/framework/compare/"),
    Listed("imports", "/framework/imports/", "data-steward"),
    Listed("gallery", "/ui/"),
    Listed("not-found", "/nowhere/", expected=MISSING),
)
