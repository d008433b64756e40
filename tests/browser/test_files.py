"""Files in and out: a list with one broken row becomes offerings, and a calendar follows a person by its address."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.areas.exchange import bring_in, open_address, table
from tests.browser.device import DESK, Device
from tests.browser.persons import Everybody, Somebody
from tests.browser.steps import follow

pytestmark = pytest.mark.browser
GOOD = "B-1,Reading a contract aloud,90 min,ORG.5.L1,B-1-A,2031-03-05 18:30,20:00,Union hall,20,A\n"
BROKEN = "B-2,What a strike fund is for,2 h,SFH.9.L1,B-2-A,2031-04-02 18:30,20:00,Library,12,B\n"


def press(page: Page, name: str) -> None:
    """Press a button and wait for the next page, which may have the same address."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def summaries(text: str) -> list[str]:
    """Return what the entries of a calendar are called, on which two programs that are not ours agree."""
    first = [event.summary or "" for event in IcsCalendarStream.calendar_from_ics(text).events]
    assert first == [str(event["SUMMARY"]) for event in Calendar.from_ical(text).walk("VEVENT")]
    return first


def test_a_list_with_one_broken_row_is_seen_first_brought_in_and_mended(
    device: Callable[..., Device], everybody: Everybody, tmp_path: Path
) -> None:
    page = device(everybody.cast["state-staff"], size=DESK).page
    page.goto("/learn/arrange/offerings/")
    page.get_by_text("Offerings and sessions as files").click()
    page.get_by_role("link", name="Bring in a file").click()
    page.wait_for_url("**/learn/import/")
    page.get_by_text("Put new offerings in the catalog right away").click()
    page.locator("input[type=file]").set_input_files(table(GOOD, BROKEN))
    press(page, "Read it and show the plan")

    expect(page.get_by_text("Nothing is stored yet.")).to_be_visible()
    expect(page.get_by_text("This stores 1 new offering, 1 new session, all of it or nothing.")).to_be_visible()
    expect(page.get_by_text("row 3, column D (Teaches)")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Download them with the reasons").click()
    page.get_by_text("How the file was read").click()
    expect(page.get_by_label("What “Room code” means")).to_be_visible()
    press(page, "Store it")
    expect(page.get_by_text("Stored: 1 new offering, 1 new session.")).to_be_visible()

    refused = fetched.value.path().read_text(encoding="utf-8-sig")
    mended = {"name": "mended.csv", "mimeType": "text/csv", "buffer": refused.replace("SFH.9.L1", "SFH.4.L1").encode()}
    bring_in(page, mended)  # type: ignore[arg-type]
    press(page, "Store it")
    expect(page.get_by_text("Stored: 1 new offering, 1 new session.")).to_be_visible()

    page.goto("/learn/?q=reading+a+contract+aloud")
    page.get_by_role("link", name="Reading a contract aloud").click()
    page.locator(".dates h3 a").first.click()
    expect(page.get_by_text("Union hall")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Add this session").click()
    assert fetched.value.suggested_filename == "session.ics"
    assert summaries(fetched.value.path().read_text(encoding="utf-8")) == ["Reading a contract aloud"]


def address_on(page: Page) -> str:
    """Return where the address that is told leads, without the site."""
    return urlsplit(page.get_by_label("Address", exact=True).input_value()).path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_calendar_follows_a_person_until_its_address_is_changed(
    device: Callable[..., Device], newcomer: Somebody, scripts: bool
) -> None:
    phone = device(newcomer, java_script_enabled=scripts)
    program = device().page  # nobody is signed in there
    page = phone.page
    page.goto("/learn/?q=small+local")
    follow(page.get_by_role("link", name="Small local, big district"))
    follow(page.locator(".dates h3 a").first)
    press(page, "Sign up")
    follow(page.get_by_role("link", name="Have all my dates in it"))
    open_address(page)
    if scripts:
        phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy the address").tap()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = urlsplit(page.evaluate("navigator.clipboard.readText()")).path
        assert copied == address_on(page)
    first = address_on(page)
    assert summaries(program.request.get(first).text()) == ["Small local, big district"]

    page.goto("/me/calendar/")
    expect(page.get_by_text("Last read by a calendar on")).to_be_visible()
    press(page, "Hide titles")
    assert summaries(program.request.get(first).text()) == ["Trellis: session"]
    press(page, "New address")
    second = address_on(page)
    assert program.request.get(first).status == 404
    assert program.request.get(second).status == 200
    press(page, "Remove")
    expect(page.get_by_text("No calendar yet")).to_be_visible()
    assert program.request.get(second).status == 404
