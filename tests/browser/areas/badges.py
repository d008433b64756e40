"""The pages of badges: the wallet, one badge in each state, what strangers see, checking, and taking back."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.browser.pages import MISSING, REFUSED, Listed
from tests.browser.persons import Somebody

ROSA = "building-representative"
CELL = "/badges/achievements/nea-lcf/2020/ORG.2.L2"


def _follow(link: Locator) -> None:
    before = link.page.url
    link.click()
    link.page.wait_for_url(lambda url: url != before)


def _from_wallet(link: str, *more: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        page.goto("/badges/")
        for each in (link, *more):
            _follow(page.locator(each).first)

    return way


def _wrong_wallet(page: Page, somebody: Somebody) -> None:
    _from_wallet("#b-ready ~ ul a.btn")(page, somebody)
    page.locator("summary", has_text="I have a wallet").click()
    page.get_by_label("Identifier of your own wallet").fill("me@example.org")
    page.get_by_role("button", name="Make my badge").click()
    page.locator(".error").wait_for()


def _checked(text: str) -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        page.goto("/badges/verify/")
        page.get_by_label("Or its text").fill(text)
        page.get_by_role("button", name="Check it").click()
        page.locator(".result, .error").first.wait_for()

    return way


def _checked_own(page: Page, somebody: Somebody) -> None:
    page.goto("/badges/")
    address = page.locator(".badge-card a").first.get_attribute("href") or ""
    document = page.request.get(f"/badges/credentials/{address.split('/')[-2]}.json").text()
    _checked(document)(page, somebody)


def _public(page: Page, _: Somebody) -> None:
    page.goto("/badges/")
    _follow(page.locator(".badge-card", has_text="Anybody who has its address").locator("a").first)
    _follow(page.get_by_role("link", name="See its page"))


def _take_back_wrong(page: Page, _: Somebody) -> None:
    page.goto("/badges/take-back/")
    page.get_by_label("Address of the badge").fill("https://example.org/")
    page.get_by_text("It was issued by mistake.").click()
    page.get_by_role("button", name="Take it back").click()
    page.locator(".error").first.wait_for()


PAGES = (
    Listed("badges-empty", "/badges/", "new-member"),
    Listed("badges", "/badges/", ROSA),
    Listed("badge-ask", _from_wallet("#b-ready ~ ul a.btn"), ROSA),
    Listed("badge-ask-error", _wrong_wallet, ROSA, REFUSED),
    Listed("badge-own", _from_wallet(".badge-card a"), ROSA),
    Listed("badge-revoke", _from_wallet(".badge-card a", "a[href$='/revoke/']"), ROSA),
    Listed("badge-public", _public, ROSA),
    Listed("badge-achievement", CELL),
    Listed("badge-issuer", "/badges/issuer"),
    Listed("badge-check", "/badges/verify/"),
    Listed("badge-check-good", _checked_own, ROSA),
    Listed("badge-check-foreign", _checked('{"issuer": "did:web:other.example"}')),
    Listed("badge-check-error", _checked(""), expected=REFUSED),
    Listed("badge-not-there", "/badges/credentials/00000000-0000-4000-8000-000000000000", expected=MISSING),
    Listed("badge-take-back", "/badges/take-back/", "data-steward"),
    Listed("badge-take-back-error", _take_back_wrong, "data-steward", REFUSED),
)
