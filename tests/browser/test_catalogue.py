"""From an idea to a marked list: two phones want the last seat, the waiting list moves, phones scan a wall."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.outbox import links_in, mails_to, newest_mail
from tests.browser.persons import Everybody, Somebody
from tests.browser.site import Site
from tests.browser.steps import follow
from trellis.core.qr import picture_of

pytestmark = pytest.mark.browser
PROJECTOR = (1920, 1080)
SOON = dt.date.today() + dt.timedelta(days=9)  # noqa: DTZ011  (the browser's own day)


def press(page: Page, name: str) -> None:
    """Press a button and wait for the next page, which may have the same address."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def write_offering(desk: Page, title: str) -> None:
    """Add an offering, with a step that is found by its theme's name, and put it into the catalogue."""
    desk.goto("/learn/arrange/")
    follow_click(desk, "Add an offering")
    desk.get_by_label("Title").fill(title)
    desk.get_by_label("How many hours in all").fill("1.5")
    desk.locator("#find-teaches").fill("growth str")
    expect(desk.get_by_text("Governance and Leadership").first).to_be_hidden()
    desk.get_by_role("checkbox", name="Growth and strength, level 2").first.check()
    expect(desk.locator(".steps-chosen").first).to_have_text("Growth and strength, level 2")
    press(desk, "Save")
    expect(desk.get_by_text("This is a draft.")).to_be_visible()
    press(desk, "Put it in the catalog")


def follow_click(page: Page, name: str) -> None:
    before = page.url
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(lambda url: url != before)


def plan(desk: Page, **fields: str) -> str:
    """Plan a session of the offering that is open; returns its address."""
    follow_click(desk, "Plan a session")
    for label, value in fields.items():
        desk.get_by_label(label).first.fill(value)
    press(desk, "Plan it")
    expect(desk.get_by_text("It is planned.")).to_be_visible()
    return desk.url


def own(page: Page, words: str) -> None:
    """Expect these words in the viewer's own place."""
    expect(page.locator(".own")).to_contain_text(words)


def test_two_phones_want_the_last_seat_and_the_waiting_list_moves_by_itself(
    device: Callable[..., Device], everybody: Everybody, site: Site
) -> None:
    desk = device(everybody.cast["state-staff"], size=DESK).page
    write_offering(desk, "The last seat")
    session = plan(desk, Day=SOON.isoformat(), Begins="18:00", Ends="19:30", Place="Room 4", Seats="1")

    people = [next(everybody.newcomers) for _ in range(2)]
    phones = [device(somebody).page for somebody in people]
    for phone in phones:
        phone.goto("/learn/?q=last+seat")
        follow(phone.get_by_role("link", name="The last seat"))
        follow(phone.locator(".dates h3 a").first)
        own(phone, "1 seat left")
    for phone in phones:  # neither waits for the other
        phone.evaluate("document.querySelector('.own form').submit()")
    for phone in phones:
        expect(phone.locator(".notice")).to_be_visible()
    seats = ["You have a seat." in phone.locator(".own").inner_text() for phone in phones]
    assert sorted(seats) == [False, True]
    winner, loser = (phones[seats.index(has_seat)] for has_seat in (True, False))
    waiting = people[seats.index(False)]
    own(loser, "You are 1st on the waiting list.")
    assert mails_to(site.outbox, waiting.email) == []

    winner.reload()  # the page may be from before the other one asked
    winner.get_by_text("I cannot come after all").tap()
    expect(winner.get_by_text("One person waits, and gets your seat at once.")).to_be_visible()
    press(winner, "Give my seat back")
    own(winner, "You gave your place back.")
    subject, text = newest_mail(site.outbox, waiting.email)
    assert subject == "You have a seat now"
    assert "last seat" not in text
    loser.goto(links_in(text)[0])
    assert loser.url.endswith(session.partition("/learn/")[2])
    own(loser, "You have a seat.")
    press(winner, "Join the waiting list")
    own(winner, "You are 1st on the waiting list.")

    desk.goto(session)
    follow_click(desk, "Change it")
    desk.get_by_label("Seats").fill("2")
    press(desk, "Save")
    winner.reload()
    own(winner, "You have a seat.")
    follow_click(desk, "Cancel this session")
    press(desk, "Cancel it and tell everybody")
    for phone, somebody in zip(phones, people, strict=True):
        assert newest_mail(site.outbox, somebody.email)[0].endswith("is cancelled")
        phone.goto(session)
        expect(phone.get_by_text("This session is cancelled.")).to_be_visible()


def address_on(wall: Page) -> str:
    """Return where the picture on the wall leads, after a look whether it is the picture of that."""
    address = (wall.locator(".wall-qr svg").get_attribute("aria-label") or "").rpartition(" ")[2]
    assert wall.locator(".wall-qr path").get_attribute("d") == picture_of(address).path
    return address


@pytest.fixture
def going_on(device: Callable[..., Device], everybody: Everybody) -> Page:
    """The president's desk, at the list of the session that goes on."""
    desk = device(everybody.cast["local-president"], size=DESK).page
    desk.goto("/learn/arrange/")
    desk.locator(".attend a", has_text="Winter school").click()
    return desk


def test_phones_that_scan_the_wall_are_marked_and_the_list_says_the_rest(
    device: Callable[..., Device], everybody: Everybody, newcomer: Somebody, going_on: Page
) -> None:
    desk, wall = going_on, device(everybody.cast["local-president"], size=PROJECTOR, seat=1).page
    wall.goto(desk.url)
    wall.get_by_role("link", name="Code for the wall").click()
    count = wall.locator(".wall-counts b")
    before = int(count.inner_text())
    address = address_on(wall)

    rosa, walker = device(everybody.cast["building-representative"]).page, device(newcomer).page
    for phone in (rosa, walker):
        phone.goto(address.partition("/learn/")[1] + address.partition("/learn/")[2])
        press(phone, "I am here")
        expect(phone.get_by_role("heading", name="You are marked as present")).to_be_visible()
    expect(count).to_have_text(str(before + 2))  # nobody has touched the projector
    press(walker, "Undo: I am not there")
    expect(count).to_have_text(str(before + 1))

    desk.reload()
    row = desk.locator("tr", has_text="Rosa Delgado")
    expect(row).to_contain_text("with the code")
    others = desk.locator(".roll-t tbody tr", has_not_text="Rosa Delgado")
    names = [others.nth(place).locator("th").inner_text() for place in (0, 1)]
    others.nth(0).get_by_label("Yes").check()
    others.nth(1).get_by_label("No", exact=True).check()
    press(desk, "Save who came")
    expect(desk.get_by_text("Saved: 2 marks changed.")).to_be_visible()
    for name, mark in zip(names, ("Yes", "No"), strict=True):
        expect(desk.locator("tr", has_text=name).get_by_label(mark, exact=True)).to_be_checked()

    rosa.goto("/learn/mine/")
    follow(rosa.get_by_role("link", name="Winter school for our board"))
    own(rosa, "You were there.")


def test_without_javascript_one_finds_something_signs_up_and_is_marked(
    device: Callable[..., Device], everybody: Everybody, newcomer: Somebody, going_on: Page
) -> None:
    phone = device(newcomer, java_script_enabled=False).page
    phone.goto("/learn/")
    phone.get_by_label("Words to look for").fill("small local")
    phone.get_by_text("Filters").tap()
    phone.get_by_label("How").select_option(label="Online, live")
    press(phone, "Search")
    expect(phone.get_by_text("1 match", exact=True)).to_be_visible()
    follow(phone.get_by_role("link", name="Small local, big district"))
    follow(phone.locator(".dates h3 a").first)
    phone.get_by_text("I need something, or child care").tap()
    phone.get_by_label("Anything you need").fill("Captions, please.")
    press(phone, "Sign up")
    own(phone, "You have a seat.")
    expect(phone.get_by_role("link", name="Open the meeting")).to_be_visible()

    going_on.get_by_role("link", name="Code for the wall").click()
    phone.goto(address_on(going_on))
    press(phone, "I am here")
    expect(phone.get_by_role("heading", name="You are marked as present")).to_be_visible()
    press(phone, "Undo: I am not there")
    expect(phone.get_by_role("heading", name="Are you there?")).to_be_visible()


def test_the_list_follows_while_somebody_types(device: Callable[..., Device], everybody: Everybody) -> None:
    page = device(everybody.cast["building-representative"], size=DESK).page
    page.goto("/learn/")
    page.get_by_label("Words to look for").press_sequentially("snowshoe", delay=5)
    expect(page.get_by_role("status")).to_have_text("1 match")
    page.wait_for_url("**/learn/?q=snowshoe")
    page.get_by_label("Words to look for").fill("")
    page.get_by_label("Language").select_option(label="Spanish")
    page.wait_for_url("**/learn/?language=es")
    expect(page.locator(".offer").first).to_contain_text("Spanish")
    page.get_by_role("link", name="Take away: Spanish").click()
    page.wait_for_url("**/learn/")
