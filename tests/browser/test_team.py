"""The president's page: what the board can do together, and silence where too few share."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import DESK, Device
from tests.browser.steps import follow

pytestmark = pytest.mark.browser


def test_a_president_sees_what_nine_of_twelve_can_do_and_nothing_of_a_team_where_too_few_share(
    device: Callable[..., Device],
) -> None:
    page = device(size=(390, 844)).go("/")
    page.get_by_role("button", name="Be Samuel").tap()
    follow(page.get_by_role("navigation", name="Main").get_by_role("link", name="My team"))
    follow(page.get_by_role("link", name="Riverside ESP board"))
    expect(page.locator(".head .sub")).to_have_text("Riverside ESP board · 9 of 12 share with you")
    expect(page.locator(".kpi dd").first).to_have_text("9 of 12")
    rows = page.locator("table.team tbody tr:not(.g)")
    expect(rows).to_have_count(33)
    for row in rows.all():
        at_least = [int(cell) for cell in row.locator("td.num").all_inner_texts()]
        assert at_least == sorted(at_least, reverse=True)
        assert max(at_least) <= 9
    nobody = [row for row in rows.all() if row.locator("td.num").nth(1).inner_text() == "0"]
    shown = page.locator("section[aria-labelledby=no] .gaps li")
    expect(shown).to_have_count(len(nobody))

    page.goto("/team/")
    follow(page.get_by_role("link", name="Lincoln Elementary"))
    expect(page.get_by_text("Too few to show")).to_be_visible()
    expect(page.locator("table")).to_have_count(0)
    expect(page.locator(".kpi")).to_have_count(0)


def test_who_leads_nobody_has_no_team_page(device: Callable[..., Device]) -> None:
    desk = device(size=DESK)
    desk.expected.append("status of 404")
    page = desk.go("/")
    page.get_by_role("button", name="Be Keoni").click()
    expect(page.get_by_role("heading", name="Hello, Keoni")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="My team")).to_have_count(0)
    answer = page.goto("/team/")
    assert answer is not None
    assert answer.status == 404
