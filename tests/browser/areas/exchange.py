"""The pages of calendars and of catalogue files: empty, told an address, a plan with questions, one with refusals."""

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page

from tests.browser.pages import REFUSED, Listed
from tests.browser.persons import Somebody

STAFF = "state-staff"
HEADER = "Number,Title,Length,Teaches,Session number,Starts,Ends,Place,Seats,Room code\n"
# One that is new, one that has nearly the name of one that is there, a day that is none, a step that is none.
ROWS = (
    "P-1,Reading a contract aloud,90 min,ORG.5.L1,P-1-A,2031-03-05 18:30,20:00,Union hall,20,A\n",
    "P-1,Reading a contract aloud,90 min,ORG.5.L1,P-1-B,2031-02-30 18:30,20:00,Union hall,20,A\n",
    "P-2,What a strike fund is for,2 h,SFH.9.L1,,,,,,B\n",
    "P-3,Small talk that builds a local,2 h,ORG.1.L1,P-3-A,2031-05-06 09:00,11:00,Library,,B\n",
)
ASKS = "P-4,Leadership weekends,2 h,ORG.1.L1,P-4-A,3/5/2031 09:00,11:00,Library,,B\n"


def table(*rows: str, name: str = "spring.csv") -> FilePayload:
    """Return a file of offerings and sessions, as a browser sends it."""
    return {"name": name, "mimeType": "text/csv", "buffer": (HEADER + "".join(rows)).encode()}


def bring_in(page: Page, file: FilePayload) -> None:
    """Choose a file on the page that takes one, and send it."""
    page.goto("/learn/import/")
    page.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Read it and show the plan").click()


def open_address(page: Page) -> None:
    """Make an address of one's own dates; it is told on the page that follows."""
    page.goto("/me/calendar/")
    with page.expect_navigation():
        page.get_by_role("button", name="Make an address").click()


def _brought(*rows: str, name: str = "spring.csv") -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        bring_in(page, table(*rows, name=name))

    return way


def _told(page: Page, _: Somebody) -> None:
    open_address(page)


def _followed(page: Page, _: Somebody) -> None:
    open_address(page)
    page.goto("/me/calendar/")


PAGES = (
    Listed("calendar-empty", "/me/calendar/", "new-member"),
    Listed("calendar-told", _told, "done"),
    Listed("calendar", _followed, "done"),
    Listed("catalogue-import", "/learn/import/", STAFF),
    Listed("catalogue-import-error", _brought(name="spring.pdf"), STAFF, REFUSED),
    Listed("catalogue-plan", _brought(*ROWS), STAFF),
    Listed("catalogue-plan-asks", _brought(*ROWS, ASKS), STAFF),
)
