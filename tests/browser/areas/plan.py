"""The plan's pages, as lived in by the building representative, as empty, and as who keeps ready plans sees them."""

from playwright.sync_api import Page

from tests.browser.pages import MISSING, REFUSED, Listed, linked
from tests.browser.persons import Somebody

_ROSA = "building-representative"


def _goal_wrong(page: Page, _: Somebody) -> None:
    page.goto("/plan/add/")
    page.get_by_role("button", name="Add this goal").click()
    page.locator(".error").first.wait_for()


def _check_in_wrong(page: Page, _: Somebody) -> None:
    page.goto("/plan/check-in/")
    page.get_by_role("button", name="Done for now").click()
    page.get_by_role("alert").wait_for()


def _template_goal(page: Page, somebody: Somebody) -> None:
    linked("/plan/templates/", ".ready h2 a")(page, somebody)
    page.get_by_role("link", name="Change it").click()
    page.locator(".choice-list a").first.click()
    page.get_by_label("How many days").wait_for()


def _template_edit(page: Page, somebody: Somebody) -> None:
    linked("/plan/templates/", ".ready h2 a")(page, somebody)
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Title").wait_for()


PAGES = (
    Listed("plan-empty", "/plan/", "new-member"),
    Listed("plan-first", "/plan/", "done"),
    Listed("plan", "/plan/", _ROSA),
    Listed("plan-why", "/plan/why/", _ROSA),
    Listed("plan-goal", linked("/plan/", ".goal h2 a"), _ROSA),
    Listed("plan-goal-reached", linked("/plan/", "#reached ~ ul a"), _ROSA),
    Listed("plan-goal-new", "/plan/add/", _ROSA),
    Listed("plan-goal-new-error", _goal_wrong, "new-member", REFUSED),
    Listed("plan-step", linked("/plan/", ".todo-list .what a"), _ROSA),
    Listed("plan-check-in", "/plan/check-in/", _ROSA),
    Listed("plan-check-in-error", _check_in_wrong, _ROSA, REFUSED),
    Listed("plan-journal", "/plan/journal/", _ROSA),
    Listed("plan-journal-empty", "/plan/journal/", "new-member"),
    Listed("plan-journal-remove", linked("/plan/journal/", ".entry-acts a"), _ROSA),
    Listed("plan-settings", "/plan/settings/", _ROSA),
    Listed("plan-templates", "/plan/templates/", _ROSA),
    Listed("plan-template", linked("/plan/templates/", ".ready h2 a"), "done"),
    Listed("plan-template-new", "/plan/templates/new/", "data-steward"),
    Listed("plan-template-edit", _template_edit, "data-steward"),
    Listed("plan-template-goal", _template_goal, "data-steward"),
    Listed("weekly-mail", "{response}", "mailed"),
    Listed("weekly-mail-broken", "/weekly-mail/made:up/", expected=MISSING),
)
