"""Around a session: who comes says where they are before and after; who arranges finds an empty step and fills it."""

import datetime as dt
import re
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.persons import Everybody, Somebody
from tests.browser.site import Site
from tests.browser.steps import follow
from tests.browser.test_catalogue import follow_click, own, plan, press, write_offering

pytestmark = pytest.mark.browser
TITLE, REMARK = "Before and after", "Ask first, and write it down."
SOON = dt.date.today() + dt.timedelta(days=3)  # noqa: DTZ011  (the browser's own day)
SAID = """
    SELECT round.moment, rating.aspect, rating.value FROM assessment_rating rating
    JOIN assessment_response response ON response.id = rating.response_id
    JOIN assessment_round round ON round.id = response.round_id
    JOIN people_person person ON person.id = response.rater_id
    WHERE person.email = ? ORDER BY round.moment, rating.aspect
"""
both_ways = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def _answer(page: Page, *rungs: int) -> None:
    """Tap one rung for each question, save, and see the thanks."""
    questions = page.locator("fieldset.block .asked")
    expect(questions).to_have_count(len(rungs))
    for place, rung in enumerate(rungs):
        questions.nth(place).locator(".rung > label").nth(rung).tap()
    press(page, "Save")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def _from_home(page: Page, words: str) -> None:
    page.goto("/")
    task = page.locator("section.task", has=page.get_by_role("heading", name=words))
    follow(task.get_by_role("link", name="Answer"))


@both_ways
def test_a_member_says_where_they_are_before_and_after_and_only_figures_come_of_it(
    device: Callable[..., Device], everybody: Everybody, newcomer: Somebody, site: Site, script: bool
) -> None:
    title = f"{TITLE} {'with' if script else 'without'} script"
    host = device(everybody.cast["state-staff"], size=DESK).page
    write_offering(host, title)
    session = plan(host, Day=SOON.isoformat(), Begins="18:00", Ends="19:30", Place="Room 4", Seats="20")
    uid = session.rstrip("/").rpartition("/")[2]

    phone = device(newcomer, java_script_enabled=script)
    phone.expected.append("status of 422")
    member = phone.page
    member.goto(session)
    expect(member.get_by_text("Before it starts")).to_have_count(0)
    press(member, "Sign up")
    own(member, "You have a seat.")
    expect(member.get_by_role("heading", name="Before it starts")).to_be_visible()

    _from_home(member, f"Before “{title}”: where are you today?")
    press(member, "Save")
    expect(member.get_by_role("alert")).to_have_text("Answer at least one question first.")
    _answer(member, 2)
    follow(member.get_by_role("link", name="Change my answers"))
    _answer(member, 1)
    assert site.rows(SAID, newcomer.email) == [("before", "before", 2)]
    member.goto("/")
    expect(member.get_by_role("heading", name=f"Before “{title}”")).to_have_count(0)

    site.run([sys.executable, "-m", "tests.browser.hours_go_by", uid, "begins"])
    host.goto(session)
    follow_click(host, "Who comes")
    host.locator(".roll-t tbody tr").get_by_label("Yes").check()
    press(host, "Save who came")
    expect(host.get_by_text("Saved: 1 mark changed.")).to_be_visible()
    site.run([sys.executable, "-m", "tests.browser.hours_go_by", uid, "ends"])

    _from_home(member, f"After “{title}”: what did it change?")
    member.locator("textarea").first.fill(REMARK)
    _answer(member, 3, 1)
    assert site.rows(SAID, newcomer.email) == [("after", "after", 6), ("after", "then", 2), ("before", "before", 2)]
    member.goto(session)
    expect(member.get_by_text("You have answered. Thank you!")).to_be_visible()

    host.goto(session)
    expect(host.get_by_text("People are asked until")).to_be_visible()
    expect(host.get_by_text(REMARK)).to_have_count(0)
    host.goto("/learn/effects/")
    card = host.locator("li.card", has_text=title)
    expect(card).to_contain_text("Hidden: it takes 10 people")
    expect(card.locator(".gain")).to_have_count(0)


def test_who_arranges_finds_a_step_that_nobody_teaches_and_adds_an_offering(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    page = device(everybody.cast["state-staff"], size=DESK).page
    page.goto("/")
    page.locator("details.menu summary").click()
    follow_click(page, "Where training meets need")
    coverage = page.url
    bare = page.locator(".cover .bare").first
    spot = f"#{bare.get_attribute('id')}".replace(".", "\\.")
    add = bare.get_by_role("link")
    theme = re.sub(r"^.*?: ", "", add.inner_text().replace("\n", " ")).strip()
    count = page.locator(".kpi dd").first
    before = int(count.inner_text().split()[0])

    add.click()
    expect(page.locator(".steps-chosen").first).to_have_text(theme)
    page.get_by_label("Title").fill("Something for the gap")
    page.get_by_label("How many hours in all").fill("2")
    press(page, "Save")
    press(page, "Put it in the catalog")
    plan(page, Day=SOON.isoformat(), Begins="18:00", Ends="20:00", Place="Room 4", Seats="25")

    page.goto(coverage)
    assert int(count.inner_text().split()[0]) == before - 1
    expect(page.locator(spot)).not_to_have_class(re.compile("bare"))
    expect(page.locator(spot)).to_contain_text("25 seats")


def test_on_a_phone_a_local_sees_what_may_be_shown_and_goes_nowhere_else(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    phone = device(everybody.cast["local-president"])
    phone.expected.append("status of 404")
    page = phone.page
    page.goto("/learn/coverage/")
    expect(page.get_by_text("Riverside ESP Association").first).to_be_visible()
    cell = page.locator(".cover td:not(.sup)").first
    expect(cell).to_contain_text("need it")
    assert int(cell.locator(".need").inner_text().split()[0]) >= 10
    hidden = page.locator(".cover td.sup").first
    expect(hidden.locator(".need")).to_have_text("need hidden")
    page.get_by_label("Seats in").select_option(label="the next 12 months")
    press(page, "Show")
    assert page.url.endswith("?days=365")

    staff = device(everybody.cast["state-staff"], size=DESK).page
    staff.goto("/learn/coverage/")
    page.goto(staff.url.partition("/learn/")[1] + staff.url.partition("/learn/")[2])
    expect(page.get_by_role("heading", name="Where training meets need")).to_have_count(0)
