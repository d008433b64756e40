"""A local's whole readiness meeting: a projector, five phones at once, and what the team agrees."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.device import Device
from tests.browser.persons import Everybody
from tests.browser.site import Site
from tests.browser.steps import follow

pytestmark = pytest.mark.browser
PROJECTOR = (1920, 1080)
PHONES = 5
ATTRIBUTES = 36
CHOICES = ("Not started", "Under way", "In place", "I don't know")
DUE = dt.date.today() + dt.timedelta(days=45)  # noqa: DTZ011  (the browser's own day)


def choice(phone: int, place: int) -> int:
    """What a phone picks for the attribute at a place: on every third they all differ, on the others they agree."""
    return (phone + place) % 4 if place % 3 == 0 else place % 3


def spread(place: int) -> list[int]:
    """How many of the five picked each choice there."""
    picked = [choice(phone, place) for phone in range(PHONES)]
    return [picked.count(which) for which in range(4)]


def press(button: Locator) -> None:
    """Press and wait for the next page, which may have the same address."""
    with button.page.expect_navigation():
        button.click()


def answer_group(page: Page, phone: int, first: int) -> int:
    """Answer the group that the phone shows with a thumb; returns how many questions it had."""
    blocks = page.locator("fieldset.block").all()
    for number, block in enumerate(blocks):
        block.locator("label.pill", has_text=CHOICES[choice(phone, first + number)]).tap()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").tap()
    return len(blocks)


def open_meeting(wall: Page) -> str:
    """Open a meeting of Riverside as its president; returns the code on the wall."""
    wall.goto("/readiness/")
    press(wall.get_by_role("link", name="Riverside ESP Association"))
    press(wall.get_by_role("button", name="Open a meeting"))
    expect(wall.get_by_role("img", name="Picture that leads")).to_be_visible()
    return wall.locator(".wall-code").inner_text()


def agree(wall: Page, status: str, owner: str, proof: str) -> str:
    """Agree on what the wall shows and go on; returns the name of the attribute."""
    name = wall.get_by_role("heading", level=1).inner_text()
    wall.get_by_label(status, exact=True).check()
    wall.get_by_label("Who takes the next step").select_option(label=owner)
    wall.get_by_label("By when").fill(DUE.isoformat())
    wall.get_by_label("What shows it").fill(proof)
    press(wall.get_by_role("button", name="Save and go on"))
    return name


def bars(wall: Page) -> list[int]:
    """The counts that the wall shows, in the order of the choices."""
    return [int(cell) for cell in wall.locator(".spread .num").all_inner_texts()]


def rows_of(site: Site, code: str) -> list[tuple[Any, ...]]:
    return site.rows(
        "SELECT response.id, response.subject_id, response.rater_id, response.started_at, response.finished_at,"
        " rating.answered_at, rating.attribute_id FROM assessment_rating rating"
        " JOIN assessment_response response ON response.id = rating.response_id"
        " JOIN assessment_readinessmeeting meeting ON meeting.round_id = response.round_id WHERE meeting.code = ?",
        code,
    )


def test_a_local_completes_readiness_with_a_projector_and_five_phones_at_once(
    device: Callable[..., Device], everybody: Everybody, site: Site
) -> None:
    wall = device(everybody.cast["local-president"], size=PROJECTOR).page
    code = open_meeting(wall)
    joined, finished = wall.locator(".wall-counts b").first, wall.locator(".wall-counts b").last
    expect(joined).to_have_text("0")

    phones = [device().page for _ in range(PHONES)]
    for number, phone in enumerate(phones):
        if number:  # a camera follows the picture; the first one types
            phone.goto(f"/join/{code.replace(' ', '')}/")
        else:
            phone.goto("/join/")
            phone.get_by_label("Code").fill(code.lower())
            follow(phone.get_by_role("button", name="Join"))
        expect(phone.get_by_text("Riverside ESP Association")).to_be_visible()
        follow(phone.get_by_role("button", name="Start"))
    expect(joined).to_have_text(str(PHONES))  # nobody has touched the projector
    done = 0
    while done < ATTRIBUTES:
        counts = {answer_group(phone, number, done) for number, phone in enumerate(phones)}
        assert len(counts) == 1
        done += counts.pop()
    for phone in phones:
        expect(phone.get_by_text("Look up: the others are still answering.")).to_be_visible()
    expect(finished).to_have_text(str(PHONES))
    expect(wall.locator(".wall-groups b")).to_have_text([str(PHONES)] * 7)
    for word in CHOICES:
        expect(wall.get_by_text(word, exact=True)).to_have_count(0)

    wall.locator(".wall-close summary").click()
    press(wall.get_by_role("button", name="Close it now"))
    expect(wall.get_by_role("heading", name="Where we differ most")).to_be_visible()
    phones[0].goto(f"/join/{code.replace(' ', '')}/SCB.1/")
    expect(phones[0].get_by_role("heading", name="Answering is closed")).to_be_visible()

    press(wall.get_by_role("link", name="In order"))
    press(wall.get_by_role("link", name="Begin"))
    agreed = []
    for place, status in enumerate(("Not started", "Under way", "In place")):
        assert bars(wall) == spread(place)
        agreed.append((agree(wall, status, "Rosa Delgado", f"Seen by all {place}."), status))
    wall.keyboard.press("ArrowLeft")
    expect(wall.get_by_role("heading", level=1)).to_have_text(agreed[2][0])
    expect(wall.get_by_label("In place", exact=True)).to_be_checked()

    press(wall.get_by_role("link", name="All attributes").first)
    press(wall.get_by_role("link", name="Leave"))
    for number, (name, status) in enumerate(agreed):
        line = wall.locator(".lines li", has=wall.get_by_text(name, exact=True))
        expect(line.locator(".st")).to_have_text(status)
        expect(line.locator(".proof")).to_have_text(f"Seen by all {number}.")
        if status != "In place":
            expect(line.locator(".by")).to_contain_text("Rosa Delgado")

    stored = rows_of(site, code.replace(" ", ""))
    assert len(stored) == PHONES * ATTRIBUTES
    assert {row[1:6] for row in stored} == {(None,) * 5}
    assert len({row[0] for row in stored}) == PHONES


def test_without_script_the_wall_is_refreshed_by_hand_and_a_phone_answers(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    wall = device(everybody.cast["local-president"], size=PROJECTOR, java_script_enabled=False).page
    wall.goto("/readiness/")
    press(wall.get_by_role("link", name="Eastside Bus Garage"))
    press(wall.get_by_role("button", name="Open a meeting"))
    code = wall.locator(".wall-code").inner_text().replace(" ", "")
    phone = device(java_script_enabled=False).go(f"/join/{code}/")
    press(phone.get_by_role("button", name="Start"))
    answer_group(phone, 0, 0)
    expect(wall.locator(".wall-counts b").first).to_have_text("0")
    press(wall.get_by_role("link", name="Refresh"))
    expect(wall.locator(".wall-counts b").first).to_have_text("1")
    wall.locator(".wall-close summary").click()
    press(wall.get_by_role("button", name="Close it now"))
    press(wall.get_by_role("link", name="Begin"))
    expect(wall.get_by_text("Fewer than five have answered")).to_be_visible()
    wall.get_by_label("Under way", exact=True).check()
    press(wall.get_by_role("button", name="Save and go on"))
    expect(wall.get_by_text("2 of 36 · 1 agreed")).to_be_visible()
