"""One member all the way, each part played on a device of its own: from a standing to a badge that others accept.

Proven here, on every run: all of it through the pages, and the badge by our own page for anybody and by openbadgeslib.
`make test-reference` runs this same file with @digitalbazaar/vc and the DCC verifier from npm looking at the badge too.
The server's clock is the real one, so the session comes to the people: see hours_go_by.
"""

import datetime as dt
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.outbox import links_in, newest_mail
from tests.browser.persons import Everybody
from tests.browser.site import Site
from tests.browser.steps import follow
from tests.browser.test_catalogue import address_on, follow_click, own, plan, press
from tests.browser.verifiers import accepted_by_the_library, what_npm_says
from tests.schemas import CREDENTIAL, faults

pytestmark = pytest.mark.browser
THEME, OFFERING = "Collective action on issues", "Drivers and aides on safety"
WHY = "For the children who wait at the corner without a sidewalk."
REASON = "We all complain about the corner, and nobody has asked for a light."
ASK = "I have never asked anybody for anything, and you have."
OUTCOME = "Eleven of us signed the letter, and the district measured the traffic at the corner."
SOON = dt.date.today() + dt.timedelta(days=3)  # noqa: DTZ011  (the browser's own day)


def _plan_from_standing(member: Page) -> str:
    """Open the standing, make a goal of a theme, say why, take up a step; returns the address of the goal."""
    member.goto("/standing/")
    follow(member.get_by_role("link", name=THEME).first)
    follow(member.get_by_role("button", name="Add to my plan"))
    follow(member.get_by_role("link", name="Tell why"))
    member.get_by_label("Why do I do this?").fill(WHY)
    follow(member.get_by_role("button", name="Keep it"))
    expect(member.locator(".why-said")).to_have_text(WHY)
    follow(member.locator(".goal h2 a"))
    member.get_by_label("Why this one?").fill(REASON)
    with member.expect_navigation():
        member.get_by_role("button", name="Keep it").tap()
    steps = member.locator(".todo-list li")
    before = steps.count()
    member.locator(".choice-list li", has_text=OFFERING).get_by_role("button").tap()
    expect(steps).to_have_count(before + 1)
    return member.url.partition("#")[0]


def _ask_a_mentor(member: Page, mentor: Page, site: Site, mail: str) -> None:
    """Find a mentor from the goal; the mentor says yes, both agree."""
    follow(member.get_by_role("link", name="Find a mentor"))
    expect(member.get_by_label("Theme")).to_have_value("ORG.4")
    [(given, family)] = site.rows("SELECT given_name, family_name FROM people_person WHERE email = ?", mail)
    follow(member.get_by_role("link", name=f"{given} {family}", exact=True))
    expect(member.get_by_role("checkbox", name=THEME)).to_be_checked()
    member.get_by_label("One sentence to them").fill(ASK)
    follow(member.get_by_role("button", name="Send my ask"))

    text = newest_mail(site.outbox, mail)[1]
    assert ASK not in text
    mentor.goto(links_in(text)[0])
    expect(mentor.get_by_role("heading", name="Traveler Walker asks you")).to_be_visible()
    expect(mentor.get_by_text(ASK)).to_be_visible()
    press(mentor, "Yes, I will")

    member.goto("/plan/")
    follow(member.locator("section", has_text="Your mentor").get_by_role("link", name="Open"))
    follow(member.get_by_role("link", name="Write down what you agree"))
    member.get_by_text("I keep what I hear to myself").tap()
    follow(member.get_by_role("button", name="Write it down and say yes"))
    mentor.reload()
    mentor.get_by_text("I keep what I hear to myself").click()
    press(mentor, "I say yes to this")
    member.reload()
    expect(member.get_by_role("link", name="Write down a meeting")).to_be_visible()


def _sign_up(member: Page, goal: str) -> str:
    """Choose a date of the step, and sign up for it; returns the address of the session."""
    member.goto(goal)
    follow(member.get_by_role("link", name=OFFERING).first)
    member.get_by_role("button", name="Choose").first.tap()
    follow(member.locator(".todo-list").get_by_role("link", name=OFFERING))
    follow(member.get_by_role("link", name="Sign up on its page"))
    press(member, "Sign up")
    own(member, "You have a seat.")
    return member.url


def _be_there(member: Page, host: Page, session: str) -> None:
    """Scan the code on the wall."""
    host.goto(session)
    follow_click(host, "Who comes")
    follow_click(host, "Code for the wall")
    member.goto("/learn/here/" + address_on(host).partition("/learn/here/")[2])
    press(member, "I am here")
    expect(member.get_by_role("heading", name="You are marked as present")).to_be_visible()
    expect(host.locator(".wall-counts b")).to_have_text("1")


def _evaluate(member: Page) -> None:
    """Answer from the home page where one is now, and where one was; then go on to what comes next."""
    member.goto("/")
    member.locator("#task-evaluation").locator("..").locator("..").get_by_role("link", name="Answer").tap()
    expect(member.get_by_role("heading", name="Now that it is over")).to_be_visible()
    for block in member.locator("fieldset.block").all():
        block.locator(".rung > label").nth(1).tap()
    press(member, "Save")
    expect(member.get_by_role("heading", name="Thank you")).to_be_visible()


def _evidence(member: Page, coach: Page) -> str:
    """From the session: tick the step off, and send what came of it; the coach attests. Returns its address."""
    follow(member.get_by_role("link", name="What comes next"))
    press(member, "Tick it off")
    member.go_back()
    follow(member.get_by_role("link", name=f"Send as evidence: {THEME}, level 1"))
    uid = member.url.rpartition("?session=")[2]
    expect(member.get_by_label("Address", exact=True)).to_have_value(re.compile(f"/learn/session/{uid}/$"))
    member.get_by_label("What came of it?").fill(OUTCOME)
    member.get_by_text("Any coach of my unit").tap()
    follow(member.get_by_role("button", name="Send it"))
    piece = member.url
    coach.goto("/evidence/read/")
    coach.locator("#q-waiting ~ ul li", has_text=THEME).get_by_role("link", name="Read it").click()
    expect(coach.get_by_text(OUTCOME)).to_be_visible()
    for row in coach.locator(".thirds").all():
        row.get_by_text("Clearly", exact=True).click()
    press(coach, "Attest it")
    expect(coach.get_by_text("Stored. Thank you.")).to_be_visible()
    return piece


def _take_the_badge(member: Page, piece: str, folder: Path) -> Path:
    """Go from the attested evidence to its badge, show it to all, and fetch it."""
    member.goto(piece)
    follow(member.get_by_role("link", name="Get this badge"))
    follow(member.get_by_role("button", name="Make my badge"))
    expect(member.get_by_text("It is yours. So far only you can see it.")).to_be_visible()
    member.get_by_text("Anybody who has its address").tap()
    member.get_by_role("button", name="Save").tap()
    expect(member.get_by_text("Saved. Anybody who has its address can see it now.")).to_be_visible()
    with member.expect_download() as fetched:
        member.get_by_role("link", name="Signed file (JSON)").tap()
    file = folder / "badge.json"
    file.write_bytes(Path(fetched.value.path()).read_bytes())
    return file


def test_a_member_goes_from_a_standing_to_a_badge_that_outside_verifiers_accept(
    device: Callable[..., Device], everybody: Everybody, site: Site, tmp_path: Path
) -> None:
    states = everybody.states
    member = device(states["traveler"]).page
    host, coach, mentor = (
        device(states[f"travelers-{part}"], size=DESK).page for part in ("president", "coach", "mentor")
    )
    host.goto("/learn/?q=drivers+and+aides")
    follow_click(host, OFFERING)
    session = plan(host, Day=SOON.isoformat(), Begins="18:00", Ends="19:30", Place="Yard 2", Seats="12")
    uid = session.rstrip("/").rpartition("/")[2]

    goal = _plan_from_standing(member)
    _ask_a_mentor(member, mentor, site, states["travelers-mentor"].email)
    assert _sign_up(member, goal).endswith(f"/{uid}/")
    site.run([sys.executable, "-m", "tests.browser.hours_go_by", uid, "begins"])
    _be_there(member, host, session)
    site.run([sys.executable, "-m", "tests.browser.hours_go_by", uid, "ends"])
    _evaluate(member)
    piece = _evidence(member, coach)
    file = _take_the_badge(member, piece, tmp_path)

    stranger = device(size=DESK).page
    stranger.goto("/badges/verify/")
    stranger.get_by_label("The file").set_input_files(file)
    stranger.get_by_role("button", name="Check it").click()
    expect(stranger.get_by_text("This badge is good")).to_be_visible()
    expect(stranger.get_by_text(f"{THEME}: Foundational")).to_be_visible()

    badge: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert faults(badge, CREDENTIAL) == []
    assert accepted_by_the_library(site, badge)
    assert what_npm_says(site, badge, "good") in (None, "")
    member.goto("/standing/ORG.4/")
    expect(member.get_by_role("cell", name="for level 1", exact=True)).to_be_visible()
