"""Bringing a list of members in: the file, its plan with questions, each question, and what came of it."""

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page

from tests.browser.pages import REFUSED, Listed
from tests.browser.persons import Somebody

STAFF = "state-staff"
HEADER = "Member ID,First name,Last name,E-mail,Job,Worksite,Local,Member since,Status,Shirt size\n"
_LOCAL = "Riverside ESP Association"
# A place that is nearly known, one that is not, a date of two days, a status of their own, and what is wrong.
ROWS = (
    f"9001,Nia,Bell,nia.bell@example.net,Custodian,Lincoln Elem.,{_LOCAL},2019-09-01,Active,M\n",
    f"9002,Tomás,Quill,,Bus driver,East Side Bus Garrage,{_LOCAL},3/5/2019,Layoff,L\n",
    f"9003,Wen,Marsh,,Cook,Sunrise Academy,{_LOCAL},2020-01-15,Active,S\n",
    f"9004,Bo,Case,nowhere,Cook,Lincoln Elementary,{_LOCAL},2020-01-15,Active,S\n",
    f"9005,Rossa,Delgado,,Cook,Lincoln Elementary,{_LOCAL},2020-01-15,Active,S\n",
)


def roster(*rows: str, name: str = "members.csv") -> FilePayload:
    """Return a list of members, as a browser sends it."""
    return {"name": name, "mimeType": "text/csv", "buffer": (HEADER + "".join(rows)).encode()}


def bring_in(page: Page, file: FilePayload) -> None:
    """Choose a file on the page that takes one, and send it."""
    page.goto("/members/import/")
    page.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Read it and show the plan").click()


def _brought(*rows: str, then: str = "") -> Callable[[Page, Somebody], None]:
    def way(page: Page, _: Somebody) -> None:
        bring_in(page, roster(*rows))
        if then:
            page.goto(f"{page.url}{then}/")

    return way


def _without_file(page: Page, _: Somebody) -> None:
    page.goto("/members/import/")
    page.get_by_role("button", name="Read it and show the plan").click()
    page.get_by_role("alert").first.wait_for()


def _same_twice(page: Page, _: Somebody) -> None:
    page.goto("/members/import/")
    bring_in(page, roster(*ROWS))
    page.goto(f"{page.url}columns/")
    page.get_by_label("Job").select_option(label="Given name")
    page.get_by_role("button", name="Read it this way").click()
    page.get_by_role("alert").first.wait_for()


PAGES = (
    Listed("members-import", "/members/import/", STAFF),
    Listed("members-import-error", _without_file, STAFF, REFUSED),
    Listed("members-plan", _brought(*ROWS), STAFF),
    Listed("members-plan-empty", _brought(), STAFF),
    Listed("members-columns", _brought(*ROWS, then="columns"), STAFF),
    Listed("members-columns-error", _same_twice, STAFF, REFUSED),
    Listed("members-places", _brought(*ROWS, then="places"), STAFF),
    Listed("members-people", _brought(*ROWS, then="people"), STAFF),
)
