"""A state runs a cohort from the idea to the last member who completes, each in their own browser."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.outbox import links_in, newest_mail
from tests.browser.persons import Everybody
from tests.browser.site import Site

pytestmark = pytest.mark.browser
TODAY = dt.date.today()  # noqa: DTZ011  (the browser's own day)
# By its name it stands behind the demo's programs, so that nothing on their pages changes.
NAME, CLASS = "Zest for beginners", "First class"


def day(ahead: int) -> str:
    return (TODAY + dt.timedelta(days=ahead)).isoformat()


def press(page: Page, name: str) -> None:
    """Press a button and wait for the next page, which may have the same address."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str, *, exact: bool = True) -> None:
    before = page.url
    page.get_by_role("link", name=name, exact=exact).first.click()
    page.wait_for_url(lambda url: url != before)


def fill_lines(block: str, page: Page) -> None:
    """Three lines with words for each step."""
    for number, title in enumerate(("People", "Result", "Listening")):
        page.locator(f"[name={block}-{number}-title]").fill(title)
        for step, words in enumerate(("not shown", "a beginning", "mostly", "clearly")):
            page.locator(f"[name={block}-{number}-words_{step}]").fill(f"{title}: {words}")


def found_programme(desk: Page) -> None:
    """A program with one session, and a capstone with a rubric."""
    desk.goto("/programs/run/new/")
    desk.get_by_label("Name").fill(NAME)
    desk.locator("summary", has_text="Organizing").click()
    desk.locator("input[name=cells][value='ORG.5.L1']").check()
    desk.get_by_label("Sessions").fill("1")
    desk.get_by_label("How many complete it").fill("1")
    desk.get_by_label("It ends with a capstone").check()
    desk.get_by_label("What the capstone is").fill("Change one thing together.")
    fill_lines("rubric", desk)
    press(desk, "Store")


def open_call(desk: Page) -> str:
    """A call with one question and an endorsement; returns its address."""
    follow(desk, "New call", exact=False)
    desk.get_by_label("Which one").fill(CLASS)
    for label, ahead in (("Opens on", 0), ("Closes on", 20), ("Decided by", 40)):
        desk.get_by_label(label).fill(day(ahead))
    desk.get_by_label("Places", exact=True).fill("2")
    desk.get_by_label("Their local or state has to endorse them").check()
    desk.locator("[name=questions-0-text]").fill("What did you change with others?")
    fill_lines("criteria", desk)
    press(desk, "Store")
    call = desk.url
    desk.get_by_role("button", name="Open", exact=False).first.click()
    expect(desk.get_by_text("Open. Until somebody begins to apply")).to_be_visible()
    return call


def apply(phone: Page) -> str:
    """Apply, and say a name that readers must not read; returns the address of the application."""
    phone.goto("/programs/")
    phone.locator(".line", has_text=NAME).get_by_role("link").first.click()
    press(phone, "Begin")
    phone.goto(phone.url if phone.url.endswith("/question/1/") else phone.url + "question/1/")
    phone.locator("textarea").fill("Miriam and the drivers asked for a second bus, and it came.")
    press(phone, "Save and look it over")
    press(phone, "Send it")
    return phone.url


def choose_steps(page: Page) -> None:
    """The third step of every criterion."""
    for group in page.locator("form.sending fieldset").all():
        group.locator("label").nth(2).click()


def name_somebody(desk: Page, name: str, button: str) -> None:
    desk.get_by_role("searchbox", name="Name").fill(name)
    press(desk, "Search")
    press(desk, button)


def test_a_state_runs_a_cohort_from_call_to_capstone(
    device: Callable[..., Device], everybody: Everybody, site: Site
) -> None:
    cast = everybody.cast
    desk = device(cast["state-staff"], size=DESK).page
    found_programme(desk)
    call = open_call(desk)

    miriam = device(cast["coach"]).page
    application = apply(miriam)

    samuel = device(cast["local-president"]).page
    samuel.goto(links_in(newest_mail(site.outbox, cast["local-president"].email)[1])[0])
    samuel.goto("/programs/endorsements/")
    samuel.get_by_role("link", name="Miriam", exact=False).first.click()
    samuel.get_by_label("say", exact=False).or_(samuel.locator("textarea")).first.fill("She is heard, and she listens.")
    press(samuel, "Endorse")

    desk.goto(f"{call}close/")
    desk.locator("main form button").first.click()
    expect(desk.get_by_text("Closed. Now give the applications to readers.")).to_be_visible()
    desk.goto(f"{call}readers/")
    readers = ("building-representative", "new-member")
    for name in ("Rosa Delgado", "Linh Tran"):
        name_somebody(desk, name, "Put on the list")
    press(desk, "Give them out")

    for key in readers:
        reader = device(cast[key]).page
        reader.goto("/programs/readings/")
        reader.locator(".card", has_text=NAME).get_by_role("link").first.click()
        expect(reader.get_by_text("the drivers asked for a second bus")).to_be_visible()
        expect(reader.locator("main")).not_to_contain_text("Miriam")
        choose_steps(reader)
        press(reader, "Send my reading")
        expect(reader.get_by_text("What readers found")).to_be_visible()

    desk.goto(f"{call}selection/")
    expect(desk.locator("main")).not_to_contain_text("Miriam")
    desk.locator(".code a").first.click()
    desk.locator("form.sending label", has_text="A place").click()
    desk.get_by_label("Why").fill("Clear on all three.")
    press(desk, "Store")
    desk.goto(f"{call}offers/")
    desk.get_by_label("Offers are answered by").fill(day(9))
    desk.locator("form.next-s button").first.click()
    expect(desk.get_by_role("heading", name="Everybody was told")).to_be_visible()

    miriam.goto(application)
    follow(miriam, "Answer the offer")
    press(miriam, "Take the place")

    desk.goto(f"{call}cohort/")
    desk.get_by_label("Name", exact=True).fill(CLASS)
    desk.get_by_label("Begins on").fill(day(-2))
    desk.get_by_label("Ends on").fill(day(60))
    press(desk, "Make it")
    cohort = desk.url
    follow(desk, "Add a session")
    for label, value in (("What it is about", "Power"), ("Day", day(-1)), ("From", "18:00"), ("To", "20:00")):
        desk.get_by_label(label).first.fill(value)
    press(desk, "Plan it")
    follow(desk, "Who came", exact=False)
    desk.locator("label", has_text="Came").first.click()
    press(desk, "Store")

    miriam.goto("/programs/")
    miriam.locator(".line, .card", has_text=NAME).locator("a[href*='/programs/cohort/']").first.click()
    expect(miriam.locator("main")).to_contain_text("Capstone")
    miriam.goto(f"{miriam.url}capstone/")
    miriam.get_by_label("What is it?").fill("A second bus")
    miriam.get_by_label("What came of it?").fill("The late shift gets home, and three of us keep watch.")
    press(miriam, "Send it")

    desk.goto(cohort)
    desk.locator("a[href*='/run/member/']").first.click()
    name_somebody(desk, "Rosa Delgado", "Let them read the capstone")
    rosa = device(cast["building-representative"]).page
    rosa.goto("/programs/readings/")
    follow(rosa, "A second bus")
    choose_steps(rosa)
    press(rosa, "It passes")

    desk.reload()
    press(desk, "Complete")
    expect(desk.get_by_role("heading", name="Completed")).to_be_visible()
    miriam.goto(links_in(newest_mail(site.outbox, cast["coach"].email)[1])[0])
    follow(miriam, "Get this badge")
    press(miriam, "Make my badge")
    expect(miriam.locator("main")).to_contain_text(NAME)
