"""A plan on a phone, with script and without: from a standing to goals, steps of all kinds, a check-in, paper, mail."""

import datetime as dt
import io
import re
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.device import Device
from tests.browser.outbox import links_in, newest_mail
from tests.browser.persons import Somebody
from tests.browser.plan_offering import TITLE
from tests.browser.site import Site
from tests.browser.steps import Choice, begin, follow, go_on, pick

pytestmark = pytest.mark.browser
WHY = "For the people who unlock the doors in the morning."
SECRET = "Xiomara told me in the parking lot"
both_ways = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
SEND = """
import datetime, django
django.setup()
from trellis.growth.weekly_mail import send_due
today = datetime.date.today()
send_due(today + datetime.timedelta(days=7 - today.weekday()))
"""


@pytest.fixture
def offering(site: Site) -> str:
    """Something in the catalogue that teaches ORG.1 at level 2; returns its title."""
    site.run([sys.executable, "-m", "tests.browser.plan_offering"])
    return TITLE


def _stand_somewhere(page: Page) -> None:
    """Answer two themes, and finish."""
    response = begin(page)
    for choice in (Choice("0", partly=True), Choice("0")):
        pick(page, choice)
        go_on(page)
    page.goto(f"/assess/{response}/")
    follow(page.get_by_role("button", name="Finish and see where I stand"))


def _choose_freely(page: Page) -> None:
    """Choose ORG.1 at level 2 for a reason of one's own."""
    page.get_by_role("link", name="Add a goal").tap()
    page.get_by_label("Theme").select_option("ORG.1")
    page.get_by_text("2 Mobilizing").tap()
    page.get_by_label("Why this one?").fill("Nobody has asked for fans.")
    follow(page.get_by_role("button", name="Add this goal"))
    expect(page.get_by_label("Why this one?")).to_have_value("Nobody has asked for fans.")


@both_ways
def test_from_a_standing_to_a_plan_that_is_lived_in(
    device: Callable[..., Device], newcomer: Somebody, offering: str, script: bool
) -> None:
    phone = device(newcomer, java_script_enabled=script)
    page = phone.page
    _stand_somewhere(page)

    follow(page.locator("section.next").get_by_role("button", name="Add to my plan"))
    expect(page.locator(".todo-list > li")).to_have_count(3)
    follow(page.get_by_role("link", name="Tell why"))
    page.get_by_label("Why do I do this?").fill(WHY)
    follow(page.get_by_role("button", name="Keep it"))
    expect(page.locator(".why-said")).to_have_text(WHY)

    _choose_freely(page)
    goal = page.url
    steps = page.locator(".todo-list li")
    before = steps.count()
    page.locator(".level-choice").first.get_by_role("button", name="Add").last.tap()
    expect(steps).to_have_count(before + 1)
    page.locator(".choice-list li", has_text=offering).get_by_role("button").tap()
    expect(steps).to_have_count(before + 2)
    page.get_by_label("Something of my own").fill("Ask the night crew")
    page.get_by_role("button", name="Add this step").tap()
    expect(steps).to_have_count(before + 3)
    expect(steps.last).to_contain_text("Ask the night crew")

    steps.get_by_role("link", name=offering).first.tap()
    page.get_by_role("button", name="Choose").first.tap()
    expect(steps.filter(has_text=offering)).to_contain_text("by ")

    page.get_by_role("button", name="Earlier: Ask the night crew").tap()
    expect(steps.last).not_to_contain_text("Ask the night crew")
    page.get_by_role("link", name="Ask the night crew").tap()
    page.get_by_label("With whom").fill(SECRET)
    page.get_by_label("By when").fill("2027-03-04")
    follow(page.get_by_role("button", name="Keep it"))
    expect(steps.filter(has_text="Ask the night crew")).to_contain_text("by March 4, 2027")

    page.get_by_role("link", name="Ask the night crew").tap()
    follow(page.get_by_role("button", name="Take this step out"))
    expect(page.get_by_text("Taken out: Ask the night crew.")).to_be_visible()
    follow(page.get_by_role("button", name="Bring it back"))
    expect(steps).to_have_count(before + 3)

    page.goto(goal)
    page.get_by_role("button", name="Done: Ask the night crew").tap()
    expect(page.get_by_role("button", name="Not done after all: Ask the night crew")).to_be_visible()
    page.get_by_role("button", name="I have reached it").tap()
    expect(page.get_by_text("Well done. What next?")).to_be_visible()
    page.goto("/plan/")
    expect(page.get_by_role("heading", name="Reached, by my own word")).to_be_visible()
    expect(page.locator("section.next")).to_have_count(1)


@both_ways
def test_a_check_in_moves_dates_and_the_journal_keeps_what_was_said(
    device: Callable[..., Device], newcomer: Somebody, script: bool
) -> None:
    phone = device(newcomer, java_script_enabled=script)
    phone.expected.append("status of 422")
    page = phone.page
    page.goto("/standing/ORG.1/")
    follow(page.get_by_role("button", name="Add to my plan"))
    page.goto("/plan/settings/")
    page.get_by_text("Every two weeks").tap()
    follow(page.get_by_role("button", name="Save"))
    page.goto("/plan/check-in/")
    page.get_by_role("button", name="Done for now").tap()
    expect(page.get_by_role("alert")).to_contain_text("Write a word or two, or move a date.")
    page.get_by_label("What did you do?").fill(SECRET)
    page.get_by_label("What is next?").fill("Call the night crew")
    dates = page.locator(".dates input")
    dates.first.fill("2027-05-06")
    follow(page.get_by_role("button", name="Done for now"))
    expect(page.get_by_text("The next check-in is on")).to_be_visible()
    expect(page.get_by_text("by May 6, 2027").first).to_be_visible()
    expect(page.locator(".said")).to_contain_text("Call the night crew")

    page.goto("/plan/journal/")
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.get_by_label("What is on your mind?").fill("I have to learn to wait.")
    page.get_by_role("button", name="Keep it").tap()
    expect(page.get_by_text("I have to learn to wait.")).to_be_visible()
    page.get_by_role("link", name="Delete").first.tap()
    follow(page.get_by_role("button", name="Delete it"))
    expect(page.get_by_text("I have to learn to wait.")).to_have_count(0)


def test_the_plan_on_paper_holds_what_was_ticked(device: Callable[..., Device], newcomer: Somebody) -> None:
    page = device(newcomer).page
    page.goto("/plan/why/")
    page.get_by_label("Why do I do this?").fill(WHY)
    follow(page.get_by_role("button", name="Keep it"))
    page.goto("/standing/ORG.1/")
    follow(page.get_by_role("button", name="Add to my plan"))
    texts = page.locator(".todo-list .what a").all_inner_texts()
    for ticked in (False, True):
        page.goto("/plan/")
        if ticked:
            page.get_by_label("My why and reasons").check()
        with page.expect_download() as download:
            page.get_by_role("button", name="PDF").tap()
        reader = PdfReader(io.BytesIO(download.value.path().read_bytes()))
        words = re.sub(r"\s+", "", " ".join(sheet.extract_text() for sheet in reader.pages))
        assert all(re.sub(r"\s+", "", text) in words for text in texts)
        assert (re.sub(r"\s+", "", WHY) in words) == ticked


def test_a_ready_plan_is_looked_at_and_taken_up_in_one_press(device: Callable[..., Device], newcomer: Somebody) -> None:
    page = device(newcomer).page
    page.goto("/plan/")
    follow(page.get_by_role("link", name="Start from a ready plan"))
    follow(page.get_by_role("link", name="First steps for anybody"))
    expect(page.locator(".proposed li")).to_have_count(5)
    follow(page.get_by_role("button", name="Put this into my plan"))
    expect(page.get_by_text("It is in your plan: 5 new steps.")).to_be_visible()
    expect(page.locator(".goal .todo-list > li")).to_have_count(5)


def test_the_weekly_mail_is_turned_off_from_the_mail_without_signing_in(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    page = device(newcomer).page
    page.goto("/standing/ORG.1/")
    follow(page.get_by_role("button", name="Add to my plan"))
    page.locator(".todo-list .what a").first.tap()
    soon = dt.date.today() + dt.timedelta(days=9)  # noqa: DTZ011  (the site's own day)
    page.get_by_label("By when").fill(soon.isoformat())
    follow(page.get_by_role("button", name="Keep it"))

    site.run([sys.executable, "-c", SEND])
    subject, text = newest_mail(site.outbox, newcomer.email)
    assert subject == "Your plan this week"
    stranger = device().page
    stranger.goto(links_in(text)[-1])
    expect(stranger.get_by_role("heading", name="Turn off the weekly mail?")).to_be_visible()
    stranger.get_by_role("button", name="Turn it off").tap()
    expect(stranger.get_by_role("heading", name="The weekly mail is off")).to_be_visible()
    page.goto("/plan/settings/")
    expect(page.get_by_label("Send me the weekly mail")).not_to_be_checked()
    site.run([sys.executable, "-c", SEND.replace("days=7", "days=14")])
    assert newest_mail(site.outbox, newcomer.email) == (subject, text)
