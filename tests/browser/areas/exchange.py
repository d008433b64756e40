"""The catalogue as files, and calendars."""

from playwright.sync_api import Page

from tests.browser.pages import REFUSED, Listed
from tests.browser.persons import Somebody

ROSA, PRESIDENT = "building-representative", "local-president"
_SHEET = b"""Title,Format,Language,Hours,Teaches
Listening at the gate,in person,en,2,ORG.1.L1
A second evening,on the moon,en,two,ORG.1.L9
"""


def _import_wrong(page: Page, _: Somebody) -> None:
    page.goto("/learn/import/")
    page.locator("main form button.btn").first.click()
    page.locator(".error, [role=alert]").first.wait_for()


def _plan(page: Page, _: Somebody) -> None:
    page.goto("/learn/import/")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "catalog.csv", "mimeType": "text/csv", "buffer": _SHEET}
    )
    page.locator("main form button.btn").first.click()
    page.wait_for_url("**/learn/import/plan/")


def _opened(page: Page, _: Somebody) -> None:
    page.goto("/me/calendar/")
    page.locator("form[action$='/open/'] button").first.click()
    page.locator("main input[readonly], main code").first.wait_for()


PAGES = (
    Listed("calendars", "/me/calendar/", "done"),
    Listed("calendar-opened", _opened, ROSA),
    Listed("catalog-import", "/learn/import/", PRESIDENT),
    Listed("catalog-import-error", _import_wrong, PRESIDENT, REFUSED),
    Listed("catalog-import-plan", _plan, PRESIDENT),
)
