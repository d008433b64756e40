"""The main job, on a phone: all themes, the standing, one next action, a plan; and the same again a year later."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import Device
from tests.browser.persons import Everybody, Somebody
from tests.browser.site import Site
from tests.browser.steps import (
    Choice,
    begin,
    code_of,
    expect_state,
    follow,
    go_on,
    pick,
    shown,
    skip,
    stored,
    times_written,
)

pytestmark = pytest.mark.browser
THEMES = 33
SKIPPED = 4  # the place of the theme that is skipped at first
CHANGES_DEVICE = 12
CHOICES = (
    Choice("2"), Choice("1", partly=True), Choice("none"), Choice("0"), Choice("0", partly=True),
    Choice("2", partly=True), Choice("3"), Choice("1"),
)  # fmt: skip


def _place(page: Page) -> int:
    return int(page.locator(".prog p span").first.inner_text().split()[1])


def _progress(page: Page) -> float:
    """How much of the bar is filled, in its own units."""
    done: float = page.evaluate(
        "[...document.querySelectorAll('.prog .p1')].reduce((s, r) => s + r.width.baseVal.value, 0)"
    )
    return done


def _minutes(page: Page) -> int:
    text = page.locator(".prog p span").last.inner_text()
    return 0 if text == "All answered" else int(text.split()[1])


def _answer_theme(page: Page, choice: Choice) -> str:
    """Pick, wait until it says "Saved" (before any button is pressed), go on; returns the theme's code."""
    code = code_of(page)
    pick(page, choice)
    expect_state(page, "saved", "Saved")
    go_on(page)
    return code


def _levels(page: Page) -> dict[str, str]:
    """What the standing says of each theme, before what it says about how sure that is."""
    rows: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('.every table.lad tbody tr')].map((row) => [row.querySelector('th a')"
        ".getAttribute('href').split('/').at(-2), row.querySelector('td').textContent.trim().split(',')[0]])"
    )
    return {code: said for code, said in rows}


def _said(choice: Choice) -> str:
    if choice.step == "none":
        return "no chance yet"
    return (choice.step.replace("0", "") if choice.partly else choice.step) + "½" * choice.partly


def test_a_whole_assessment_on_a_phone_ends_in_a_plan(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer, is_mobile=True)
    page = phone.page
    response = begin(page)
    given: dict[str, Choice] = {}
    bar, minutes = [_progress(page)], [_minutes(page)]
    skipped = ""
    for place in range(1, THEMES + 1):
        assert _place(page) == place
        if place == SKIPPED:
            skipped = code_of(page)
            skip(page)
            continue
        choice = CHOICES[place % len(CHOICES)]
        given[_answer_theme(page, choice)] = choice
        if place == CHANGES_DEVICE:
            page = _resumed_elsewhere(device(newcomer, seat=1), given, skipped)
        if place < THEMES:
            bar.append(_progress(page))
            minutes.append(_minutes(page))
    assert bar == sorted(bar)
    assert len(set(bar)) == len(given)
    assert minutes[0] == 10
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[-1] == 1

    expect(page.get_by_role("heading", level=1)).to_have_text("Your way so far")
    follow(page.get_by_role("link", name="Go on"))
    assert code_of(page) == skipped
    given[_answer_theme(page, Choice("1"))] = Choice("1")
    page.goto(f"/assess/{response}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("All themes answered")
    assert stored(site, response) == {code: choice.half_steps for code, choice in given.items()}
    assert times_written(site, response) >= THEMES

    follow(page.get_by_role("button", name="Finish and see where I stand"))
    page.wait_for_url("**/standing/")
    assert _levels(page) == {code: _said(choice) for code, choice in given.items()}
    _from_next_action_to_plan(page)


def _resumed_elsewhere(other: Device, given: dict[str, Choice], skipped: str) -> Page:
    """Another device leads to the first theme without an answer, and shows the answers of the first device."""
    page = other.go("/")
    follow(page.get_by_role("link", name="Go on"))
    expect(page.get_by_text(f"{len(given)} of {THEMES} answered")).to_be_visible()
    follow(page.get_by_role("link", name="Go on"))
    assert code_of(page) == skipped
    overview = page.url.removesuffix(f"{skipped}/")
    for code, choice in given.items():
        page.goto(f"{overview}{code}/")
        assert shown(page) == choice
    skip(page)
    return page


def _from_next_action_to_plan(page: Page) -> None:
    """The one thing to do goes into the plan with steps and dates; a step is done, and not done after all."""
    action = page.locator("section.next")
    expect(action).to_have_count(1)
    theme = action.locator("h2").inner_text().splitlines()[-1]
    to_do = action.locator(".do").inner_text()
    follow(action.get_by_role("button", name="Add to my plan"))
    page.wait_for_url("**/plan/")
    goal = page.locator("section.goal")
    expect(goal.get_by_role("heading", name=theme)).to_be_visible()
    steps = goal.locator(".todo-list > li")
    expect(steps).to_have_count(3)
    expect(steps.first.locator(".what a")).to_have_text(to_do)
    for step in steps.all():
        expect(step.locator(".when")).to_contain_text("by ")
    goal.get_by_role("button", name="Done: ").first.tap()
    expect(goal.locator(".done-list li")).to_contain_text(to_do)
    expect(page.locator("section.next")).not_to_contain_text(to_do)
    goal.get_by_role("button", name="Not done after all: ").tap()
    expect(goal.locator(".done-list")).to_have_count(0)
    expect(page.locator("section.next")).to_contain_text(to_do)


def test_taking_it_again_makes_a_new_wave_and_the_old_answers_stay_readable(
    device: Callable[..., Device], everybody: Everybody, newcomer: Somebody, site: Site
) -> None:
    page = device(newcomer).page
    first = begin(page)
    code = _answer_theme(page, Choice("1"))
    page.goto(f"/assess/{first}/")
    follow(page.get_by_role("button", name="Finish and see where I stand"))
    page.goto("/assess/")
    follow(page.get_by_role("button", name="Start again"))
    second = page.url.split("/")[-2]
    assert second != first
    page.goto(f"/assess/{second}/{code}/")
    assert shown(page) is None
    pick(page, Choice("3"))
    expect_state(page, "saved", "Saved")
    assert (stored(site, first), stored(site, second)) == ({code: 2}, {code: 6})

    page.goto("/assess/")
    page.get_by_role("heading", name="Earlier answers").wait_for()
    follow(page.locator(".past a"))
    page.wait_for_url(f"**/assess/{first}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers")
    expect(page.locator(".answers .got")).to_have_count(1)
    expect(page.locator(".answers a")).to_have_count(0)
    page.goto(f"/assess/{first}/{code}/")
    page.wait_for_url(f"**/assess/{first}/")
