"""The promise of the save line: whatever happens to network, server or sign-in, an answer is stored, once."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import Device
from tests.browser.persons import PASSWORD, Everybody, Somebody
from tests.browser.site import Site
from tests.browser.steps import (
    ALL_KEPT,
    Choice,
    begin,
    code_of,
    expect_state,
    follow,
    go_on,
    pick,
    shown,
    stored,
    times_written,
    wait_for,
)

pytestmark = pytest.mark.browser
NO_NETWORK = "net::ERR_"
CHOICES = (Choice("1"), Choice("2", partly=True), Choice("none"), Choice("0", partly=True), Choice("3"), Choice("0"))


def _unsent(device: Device) -> int:
    boxes = [json.loads(value) for name, value in device.kept().items() if name.endswith(".outbox")]
    return sum(not entry["sent"] for box in boxes for entry in box.values())


def _expect_all_sent(device: Device) -> None:
    wait_for(device.page, "trellisOutbox.waiting()", 0)


def _cut(device: Device) -> None:
    """Take the network away, once the pages ahead are on the device."""
    wait_for(device.page, ALL_KEPT)
    device.cut()


def _answer_offline(page: Page, choices: tuple[Choice, ...]) -> dict[str, Choice]:
    given = {}
    for choice in choices:
        given[code_of(page)] = choice
        pick(page, choice)
        expect_state(page, "queued", "Kept on this device")
        go_on(page)
        expect(page.locator("form[data-outbox]")).to_be_visible()
    return given


def _half_steps(given: dict[str, Choice]) -> dict[str, int | None]:
    return {code: choice.half_steps for code, choice in given.items()}


def test_answers_given_without_a_network_are_kept_and_sent_once_when_it_is_back(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    before = {code_of(page): Choice("2")}
    pick(page, Choice("2"))
    expect_state(page, "saved", "Saved")
    go_on(page)

    _cut(phone)
    given = _answer_offline(page, CHOICES)
    assert _unsent(phone) == len(CHOICES)
    assert stored(site, response) == _half_steps(before)
    last = page.url
    page.goto(last.replace(code_of(page), next(iter(given))))
    assert shown(page) == CHOICES[0]
    expect_state(page, "queued", "Kept on this device")
    assert page.evaluate("getComputedStyle(document.querySelector('.step-top')).display") == "grid"

    phone.reconnect()
    expect_state(page, "saved", "Saved")
    _expect_all_sent(phone)
    assert stored(site, response) == _half_steps(before | given)
    assert times_written(site, response) == len(before | given)
    page.reload()
    assert shown(page) == CHOICES[0]
    assert times_written(site, response) == len(before | given)


def test_the_way_ahead_is_kept_before_the_first_theme_is_opened(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    page.goto("/assess/")
    follow(page.get_by_role("button", name="Start"))
    _cut(phone)
    follow(page.get_by_role("link", name="Begin"))
    assert page.evaluate("getComputedStyle(document.querySelector('.step-top')).display") == "grid"
    _answer_offline(page, CHOICES[:1])


def test_a_connection_that_breaks_while_sending_loses_nothing(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    phone.expected.append(NO_NETWORK)
    phone.cable.cut()
    code = code_of(page)
    pick(page, Choice("2"))
    expect_state(page, "queued", "Kept on this device")
    assert stored(site, response) == {}
    phone.cable.mend()
    expect_state(page, "saved", "Saved")  # by itself: nothing was pressed
    assert stored(site, response) == {code: 4}
    assert times_written(site, response) == 1


def test_an_answer_that_arrived_but_was_never_confirmed_is_not_stored_twice(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    wait_for(page, ALL_KEPT)
    phone.expected.append(NO_NETWORK)
    code = code_of(page)
    phone.cable.lose_next_answer()
    pick(page, Choice("3"))
    expect_state(page, "saved", "Saved")
    assert phone.cable.lost == 1
    assert stored(site, response) == {code: 6}
    assert times_written(site, response) == 1


def test_a_server_that_dies_and_comes_back_gets_every_answer_once(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    wait_for(page, ALL_KEPT)
    phone.expected.append(NO_NETWORK)
    site.kill()
    try:
        given = _answer_offline(page, CHOICES[:3])
        assert _unsent(phone) == 3
    finally:
        site.start()
    _expect_all_sent(phone)
    expect_state(page, "saved", "Saved")
    assert stored(site, response) == _half_steps(given)
    assert times_written(site, response) == 3


def test_a_network_that_hardly_moves_does_not_stop_anyone(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    wait_for(page, ALL_KEPT)
    phone.expected.append(NO_NETWORK)
    code = code_of(page)
    with site.hanging():
        pick(page, Choice("2", partly=True))
        go_on(page)
        expect(page.locator("form[data-outbox]")).to_be_visible()
        assert code_of(page) != code
    wait_for(page, "trellisOutbox.waiting()", 0)
    assert stored(site, response) == {code: 5}


def test_of_two_devices_the_later_answer_stands_even_if_it_arrives_first(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    response = begin(phone.page)
    code = code_of(phone.page)
    _cut(phone)
    pick(phone.page, Choice("1"))
    expect_state(phone.page, "queued", "Kept on this device")

    other = device(newcomer, seat=1)
    other.go(f"/assess/{response}/{code}/")
    pick(other.page, Choice("3"))
    expect_state(other.page, "saved", "Saved")

    phone.reconnect()
    _expect_all_sent(phone)
    assert stored(site, response) == {code: 6}
    assert times_written(site, response) == 1
    phone.page.reload()
    assert shown(phone.page) == Choice("3")


def test_finishing_waits_for_the_answers_that_this_device_still_keeps(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    first = code_of(page)
    pick(page, Choice("1"))
    expect_state(page, "saved", "Saved")
    go_on(page)
    overview = phone.context.new_page()
    overview.goto(f"/assess/{response}/")

    phone.expected.append(NO_NETWORK)
    phone.cable.cut()
    second = code_of(page)
    pick(page, Choice("2"))
    expect_state(page, "queued", "Kept on this device")
    page.close()
    overview.get_by_role("button", name="Finish and see where I stand").tap()
    expect(overview.get_by_text("Some answers are kept on this device")).to_be_visible()
    expect(overview.locator("#unsent")).to_be_focused()
    finished = "SELECT finished_at FROM assessment_response WHERE uid = ?"
    assert site.rows(finished, response.replace("-", "")) == [(None,)]

    phone.cable.mend()
    overview.get_by_role("button", name="Finish and see where I stand").tap()
    overview.wait_for_url("**/standing/")
    assert stored(site, response) == {first: 2, second: 4}


def _sign_in(page: Page, somebody: Somebody) -> None:
    page.locator("[name=login]").fill(somebody.email)
    page.locator("[name=password]").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in", exact=True))


def test_a_sign_in_that_ran_out_keeps_the_answers_until_the_same_person_is_back(
    device: Callable[..., Device], newcomer: Somebody, site: Site
) -> None:
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    _cut(phone)
    given = _answer_offline(page, CHOICES[:2])
    phone.expire()
    phone.reconnect()
    expect_state(page, "signin", "Kept here. Sign in to send it.")
    assert _unsent(phone) == 2
    assert stored(site, response) == {}

    given[code_of(page)] = Choice("3")
    pick(page, Choice("3"))
    go_on(page)
    page.wait_for_url("**/account/login/**")
    _sign_in(page, newcomer)
    page.locator("form[data-outbox]").wait_for()
    _expect_all_sent(phone)
    assert stored(site, response) == _half_steps(given)
    assert times_written(site, response) == 3


def test_somebody_else_in_the_same_browser_neither_sends_nor_sees_what_is_kept(
    device: Callable[..., Device], everybody: Everybody, newcomer: Somebody, site: Site
) -> None:
    other = next(everybody.newcomers)
    phone = device(newcomer)
    page = phone.page
    response = begin(page)
    _cut(phone)
    given = _answer_offline(page, CHOICES[:2])
    phone.expire()
    phone.reconnect()
    page.goto("/account/login/")
    _sign_in(page, other)
    theirs = begin(page)
    assert page.evaluate("window.trellisOutbox.read()") == {}
    assert page.evaluate("caches.keys()") == [page.evaluate("window.trellisOutbox.cacheName")]
    page.goto(f"/assess/{theirs}/{next(iter(given))}/")
    assert shown(page) is None
    pick(page, Choice("0"))
    expect_state(page, "saved", "Saved")
    assert stored(site, response) == {}
    assert stored(site, theirs) == {next(iter(given)): 0}
    assert _unsent(phone) == 2

    phone.expire()
    page.goto("/account/login/")
    _sign_in(page, newcomer)
    _expect_all_sent(phone)
    assert stored(site, response) == _half_steps(given)
    assert stored(site, theirs) == {next(iter(given)): 0}
