"""The pages of coverage and effects: what is shown, what is hidden and why, and how much they ask of the database."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.growth.learning.rooms import answered, crowd, held, stand
from tests.growth.plan.sessions import DAY, offering
from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.need_actions import refresh_needs

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
CODE = "ADV.1"
OVER = -20 * DAY


@pytest.fixture
def riverside(cast: Cast, tree: EditionTree) -> str:
    """The address of the local's page, where fifteen people stand at each level of a theme."""
    for level in range(4):
        stand(tree, crowd(cast.unit("Lincoln"), 15, begin=20 * level), {CODE: level})
    refresh_needs(clock.today())
    return f"/learn/coverage/{cast.unit('Riverside').uid}/"


def cell(html: str, code: str) -> str:
    """The words of one cell of the grid."""
    found = re.search(rf'id="c-{re.escape(code)}".*?</td>', html, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]*>", " ", found[0].partition(">")[2]).split())


def test_needs_and_seats_stand_side_by_side(cast: Cast, tree: EditionTree, browser: Browser, riverside: str) -> None:
    theme = tree.theme_by_code[CODE]
    held(offering(cast, theme, theme.cells[0]), starts=9 * DAY)
    html = browser("president").get(riverside).content.decode()
    assert cell(html, "ADV.1.L1") == "Level 1 15 need it 40 seats"
    assert cell(html, "ADV.1.L2").startswith("Level 2 15 need it Add")
    assert cell(html, "ADV.2.L1").startswith("Level 1 need hidden")
    assert "98 <small>of 99 steps</small>" in html


def test_a_session_beyond_the_dates_brings_no_seats(
    cast: Cast, tree: EditionTree, browser: Browser, riverside: str
) -> None:
    theme = tree.theme_by_code[CODE]
    held(offering(cast, theme, theme.cells[0]), starts=120 * DAY)
    president = browser("president")
    assert "0 seats" in cell(president.get(f"{riverside}?days=90").content.decode(), "ADV.1.L1")
    assert "40 seats" in cell(president.get(f"{riverside}?days=180").content.decode(), "ADV.1.L1")
    assert president.get(f"{riverside}?days=7").status_code == 200, "a span that is not offered is the usual one"


def test_where_too_few_have_answered_only_seats_are_shown(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    stand(tree, crowd(cast.unit("Lincoln"), 9), {CODE: 0})
    refresh_needs(clock.today())
    html = browser("president").get(f"/learn/coverage/{cast.unit('Riverside').uid}/").content.decode()
    assert "fewer than 10" in html
    assert cell(html, "ADV.1.L1").startswith("Level 1 need hidden")


def test_effects_are_shown_from_ten_people_on(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    theme = tree.themes[0]
    evening, breakfast = (offering(cast, theme, theme.cells[0], title=title) for title in ("An evening", "A breakfast"))
    people = crowd(cast.unit("Lincoln"), 12)
    answered(held(evening, starts=OVER), theme, [(person, 1, 2 + n % 3, 1) for n, person in enumerate(people)])
    answered(held(breakfast, starts=OVER), theme, [(person, 1, 3, 1) for person in people[:9]])
    html = browser("president").get("/learn/effects/").content.decode()
    first, _, second = html.partition("An evening")[0], None, html.partition("An evening")[2]
    assert "12 people" in second
    assert "A breakfast" in first
    assert "9 people" not in html


def test_they_ask_little_of_the_database(
    cast: Cast,
    tree: EditionTree,
    browser: Browser,
    riverside: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    theme = tree.theme_by_code[CODE]
    for place in range(5):
        held(offering(cast, theme, theme.cells[0], title=f"Evening {place}"), starts=9 * DAY)
    staff = browser("state_staff")
    for page in (f"/learn/coverage/{cast.unit('Alder').uid}/", "/learn/effects/"):
        staff.get(page)
        with django_assert_max_num_queries(15):
            assert staff.get(page).status_code == 200
