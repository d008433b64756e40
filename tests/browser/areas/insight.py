"""Where leaders stand and how they have grown: of an association, a state, a local, and one too small; saved views."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed, trail
from tests.browser.persons import Somebody

STAFF, PRESIDENT, STEWARD = "state-staff", "local-president", "data-steward"
_TOO_SMALL = trail("/insight/", "#more ~ ul a:has-text('Prairie Fork')")
_GROWTH = trail("/insight/", ".i-tabs a:has-text('Growth')")


def _chosen(way: Callable[[Page, Somebody], None], **choices: str) -> Callable[[Page, Somebody], None]:
    """Go on with other choices in the filters."""

    def chosen(page: Page, somebody: Somebody) -> None:
        way(page, somebody)
        for name, value in choices.items():
            page.locator(f"select[name={name}]").first.select_option(value)
        with page.expect_navigation():
            page.locator("main .head .filters button").click()

    return chosen


def _opened(name: str) -> Callable[[Page, Somebody], None]:
    """Open what stands behind a word in the bar of tools."""

    def way(page: Page, _: Somebody) -> None:
        page.goto("/insight/")
        page.locator("summary", has_text=name).click()

    return way


def _same_name(page: Page, somebody: Somebody) -> None:
    _opened("Save this view")(page, somebody)
    page.get_by_label("Name").fill("Alder, for the board")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".error").wait_for()


def _deleted(page: Page, somebody: Somebody) -> None:
    """Save another view and delete it again."""
    page.goto("/insight/saved/")
    if not page.get_by_text("Deleted: ").count():
        _opened("Save this view")(page, somebody)
        page.get_by_label("Name").fill("Not for long")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("status").wait_for()
        page.goto("/insight/saved/")
        page.locator(".view-card", has_text="Not for long").get_by_role("button", name="Delete").click()
    page.get_by_text("Deleted: ").wait_for()


PAGES = (
    Listed("insight-state", "/insight/", STAFF, repeated=".hm tbody ~ tbody"),
    Listed("insight-association", "/insight/", STEWARD, repeated=".hm tbody ~ tbody"),
    Listed("insight-level", _chosen(trail("/insight/"), level="3"), STAFF, repeated=".hm tbody ~ tbody"),
    Listed("insight-local", "/insight/", PRESIDENT, repeated=".rows tbody ~ tbody ~ tbody"),
    Listed("insight-too-small", _TOO_SMALL, STAFF, repeated=".rows tbody ~ tbody ~ tbody"),
    Listed(
        "insight-state-closer", trail("/insight/", ".side .btn.full"), STAFF, repeated=".rows tbody ~ tbody ~ tbody"
    ),
    Listed("insight-growth", _GROWTH, STAFF, repeated=".rows tbody ~ tbody ~ tbody"),
    Listed("insight-growth-hints", _GROWTH, PRESIDENT, repeated=".rows tbody ~ tbody ~ tbody"),
    Listed("insight-growth-groups", _chosen(_GROWTH, by="years"), STAFF, repeated=".rows tbody ~ tbody ~ tbody"),
    Listed("insight-growth-first-wave", _chosen(_GROWTH, wave="fall-2025"), STAFF),
    Listed("insight-save", _opened("Save this view"), STAFF, repeated=".hm tbody ~ tbody"),
    Listed("insight-save-error", _same_name, STAFF, REFUSED),
    Listed("insight-take-along", _opened("Take along"), STAFF, repeated=".hm tbody ~ tbody"),
    Listed("insight-saved", "/insight/saved/", STAFF),
    Listed("insight-saved-none", "/insight/saved/", STEWARD),
    Listed("insight-saved-deleted", _deleted, PRESIDENT),
    Listed("insight-rename", trail("/insight/saved/", "a:has-text('Rename')"), STAFF),
)
