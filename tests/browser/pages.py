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


def first_card(path: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        page.goto(path)
        _follow(page.locator("main .card h2 a").first)

    return way


def trail(path: str, *links: str) -> Callable[[Page, Somebody], None]:
    """Go to a path, and follow the first of each of these links, one after the other."""

    def way(page: Page, _: Somebody) -> None:
        page.goto(path)
        for link in links:
            _follow(page.locator(f"main {link}").first)

    return way


def linked(path: str, link: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        page.goto(path)
        _follow(page.locator(link).first)

    return way


def _evidence_wrong(page: Page, somebody: Somebody) -> None:
    page.goto("/evidence/add/ORG.5.L2/")
    page.get_by_text("A file", exact=True).click()
    page.get_by_role("button", name="Send it").click()
    page.get_by_role("alert").wait_for()


def _evidence_read_wrong(page: Page, somebody: Somebody) -> None:
    linked("/evidence/read/", "#q-waiting ~ ul h3 a")(page, somebody)
    page.get_by_role("button", name="Attest it").click()
    page.get_by_role("alert").first.wait_for()


def _wall(page: Page, _: Somebody) -> None:
    """The wall of a worksite where nobody else meets: opened, or open already."""
    page.goto("/readiness/")
    _follow(page.get_by_role("link", name="Central Kitchen"))
    opens = page.get_by_role("button", name="Open a meeting").or_(page.get_by_role("link", name="Go on with"))
    _follow(opens)


def _phone(path: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, somebody: Somebody) -> None:
        _wall(page, somebody)
        base = f"/join/{page.locator('.wall-code').inner_text().replace(' ', '')}/"
        page.goto(base)
        if path:
            _follow(page.get_by_role("button", name="Start").or_(page.get_by_role("button", name="Go on")))
            page.goto(base + path)

    return way


def _left_open(page: Page, somebody: Somebody) -> None:
    _phone("SCB.1/")(page, somebody)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("alert").wait_for()


def _looked_at(page: Page, _: Somebody) -> None:
    page.goto("/readiness/")
    _follow(page.get_by_role("link", name="Riverside ESP Association"))
    _follow(page.get_by_role("link", name="Last meeting"))


def _attribute(page: Page, somebody: Somebody) -> None:
    _looked_at(page, somebody)
    _follow(page.locator(".all tbody a").first)


def _attribute_wrong(page: Page, somebody: Somebody) -> None:
    _looked_at(page, somebody)
    _follow(page.locator(".all tr", has_text="not yet").locator("a").first)
    page.get_by_role("button", name="Save and").click()
    page.locator(".error").first.wait_for()


def _form(link: str, more: str = "") -> Callable[[Page, Somebody], None]:
    """A page of the building representative's open closer look."""

    def way(page: Page, _: Somebody) -> None:
        page.goto("/assess/forms/deep-self/")
        _follow(page.get_by_role("link", name="Go on"))
        if link:
            _follow(page.locator(link).first)
        if more:
            page.goto(page.url + more)

    return way


def _rater(*names: str) -> Callable[[Page, Somebody], None]:
    """Come in by a link, and press these buttons one after the other."""

    def way(page: Page, somebody: Somebody) -> None:
        page.goto(somebody.response)
        for name in names:
            for block in page.locator("fieldset.block").all():
                block.locator(".rung > label").nth(2).click()
            _follow(page.get_by_role("button", name=name))

    return way


def _listed_wrong(page: Page, _: Somebody) -> None:
    linked("/three-sixty/", ".line-card a")(page, _)
    page.locator("#outside ~ form button").click()
    page.locator(".error").first.wait_for()


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
    Listed("form-door", "/assess/forms/deep-self/", "new-member"),
    Listed("form-door-again", "/assess/forms/deep-self/", "building-representative"),
    Listed("form-overview", _form(""), "building-representative"),
    Listed("form-page", _form(".pages a"), "building-representative"),
    Listed("form-page-left", _form(".pages a", "?left=1"), "building-representative"),
    Listed("form-finished", linked("/assess/forms/deep-self/", ".past a"), "building-representative"),
    Listed("standing-empty", "/standing/", "new-member"),
    Listed("standing", "/standing/", "building-representative"),
    Listed("standing-first", "/standing/", "done"),
    Listed("theme", "/standing/ORG.1/", "building-representative"),
    Listed("theme-closer-look", "/standing/SFH.4/", "building-representative"),
    Listed("focus", "/standing/focus/", "building-representative"),
    Listed("roles", "/roles/", "building-representative"),
    Listed("role", first_card("/roles/"), "building-representative"),
    Listed("role-edit", first_card("/roles/"), "data-steward"),
    Listed("teams", "/team/", "local-president"),
    Listed("team", _team("Riverside ESP board"), "local-president"),
    Listed("team-hidden", _team("Lincoln Elementary"), "local-president"),
    Listed("shared", "/shared/", "coach"),
    Listed("shared-file", first_card("/shared/"), "coach"),
    Listed("evidence-empty", "/evidence/", "new-member"),
    Listed("evidence", "/evidence/", "building-representative"),
    Listed("evidence-choose", "/evidence/add/", "building-representative"),
    Listed("evidence-form", "/evidence/add/ORG.5.L1/", "building-representative"),
    Listed("evidence-form-error", _evidence_wrong, "building-representative", REFUSED),
    Listed("evidence-returned", linked("/evidence/", "#shelf-returned ~ ul h3 a"), "building-representative"),
    Listed("evidence-counts", linked("/evidence/", "#shelf-counts ~ ul h3 a"), "building-representative"),
    Listed("evidence-mend", linked("/evidence/", "#shelf-returned ~ ul a.btn"), "building-representative"),
    Listed("evidence-queue", "/evidence/read/", "coach"),
    Listed("evidence-read", linked("/evidence/read/", "#q-waiting ~ ul h3 a"), "coach"),
    Listed("evidence-read-error", _evidence_read_wrong, "coach", REFUSED),
    Listed("evidence-second", linked("/evidence/read/", "#q-again ~ ul h3 a"), "coach"),
    Listed("evidence-dispute", linked("/evidence/read/", "#q-dispute ~ ul h3 a"), "coach"),
    Listed("evidence-decided", linked("/evidence/read/", ".decided li:nth-child(3) a"), "coach"),
    Listed("readiness", "/readiness/", "local-president"),
    Listed("readiness-unit", linked("/readiness/", ".unit-list li:first-child a"), "local-president"),
    Listed("readiness-member", linked("/readiness/", ".unit-list li:first-child a"), "new-member"),
    Listed("readiness-new", linked("/readiness/", ".unit-list li:last-child a"), "local-president"),
    Listed("readiness-wall", _wall, "local-president"),
    Listed("readiness-together", _looked_at, "local-president", repeated=".all tr:nth-child(n + 4)"),
    Listed("readiness-attribute", _attribute, "local-president"),
    Listed("readiness-attribute-error", _attribute_wrong, "local-president", REFUSED),
    Listed("join", "/join/"),
    Listed("join-wrong", "/join/CCCCDDDD/", expected=MISSING),
    Listed("join-welcome", _phone(""), "local-president"),
    Listed("join-questions", _phone("SCB.1/"), "local-president"),
    Listed("join-open", _left_open, "local-president", REFUSED),
    Listed("join-done", _phone("done/"), "local-president"),
    Listed("three-sixty-empty", "/three-sixty/", "begun"),
    Listed("three-sixty-mine", "/three-sixty/", "local-president"),
    Listed("three-sixty-frame", "/three-sixty/start/", "done"),
    Listed("three-sixty-people", linked("/three-sixty/", ".line-card a"), "chooser"),
    Listed("three-sixty-people-error", _listed_wrong, "chooser", REFUSED),
    Listed("three-sixty-with-coach", linked("/three-sixty/", ".line-card a"), "building-representative"),
    Listed("three-sixty-open", linked("/three-sixty/", ".line-card a"), "rated"),
    Listed("three-sixty-coach", "/three-sixty/coach/", "coach"),
    Listed("three-sixty-coach-one", linked("/three-sixty/coach/", ".line-card a"), "coach"),
    Listed("three-sixty-report", linked("/three-sixty/", ".line-card a"), "local-president"),
    Listed("apart", "/me/apart/?q=an", "building-representative"),
    Listed("answer-door", _rater(), "rated"),
    Listed("answer-form", _rater("Begin"), "rated"),
    Listed("answer-words", _rater("Begin", "Save and continue"), "rated"),
    Listed("answer-broken", "/answer/made-up/", expected=MISSING),
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
    Listed("instruments", "/instruments/", "data-steward"),
    Listed("instrument", "/instruments/short-self/", "data-steward"),
    Listed("instrument-of-others", "/instruments/three-sixty/", "data-steward"),
    Listed("instrument-few", "/instruments/readiness/", "data-steward"),
    Listed("gallery", "/ui/"),
    Listed("not-found", "/nowhere/", expected=MISSING),
)
