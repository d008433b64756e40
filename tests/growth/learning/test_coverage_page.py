"""Coverage: what teaches each step within reach of a unit, seats ahead, and needs only as far as they are released."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.growth.learning.rooms import a_session, crowd, held, stand
from tests.growth.plan.sessions import DAY, offering
from trellis.core import clock
from trellis.framework.tree import CellNode, EditionTree
from trellis.growth.need_actions import refresh_needs
from trellis.growth.supply_queries import NOTHING, Supply, coverage, heat_of, supply_of
from trellis.learning.models import Format, OfferingStatus, SessionStatus

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


@pytest.fixture
def first(tree: EditionTree) -> CellNode:
    """The first step of the first theme."""
    return tree.themes[0].cells[0]


def supply(cast: Cast, tree: EditionTree, unit: str = "Riverside", *, days: int = 180) -> Supply:
    """What teaches the first step of the first theme within reach of a unit."""
    return supply_of(cast.unit(unit), days=days).get((tree.themes[0].uid, 1), NOTHING)


def looked_at(browser: Browser, cast: Cast, name: str, unit: str, query: str = "") -> str:
    answer = browser(name).get(reverse("growth:coverage", kwargs={"uid": cast.unit(unit).uid}) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def square(page: str, cell: CellNode) -> str:
    """One cell of the grid: its classes and what stands in it, without tags."""
    found = re.search(rf'<td role="cell" id="c-{re.escape(cell.code)}" class="([^"]*)">(.*?)</td>', page, re.DOTALL)
    assert found is not None
    return f"{found[1]} | {' '.join(re.sub(r'<[^>]*>', ' ', found[2]).split())}"


def needing(cast: Cast, tree: EditionTree, many: int = 15) -> None:
    """As many members of Lincoln at each level of the first theme, counted and released."""
    for level in range(4):
        stand(tree, crowd(cast.unit("Lincoln"), many, begin=100 * level), {tree.themes[0].code: level})
    refresh_needs(clock.today())


def test_what_the_unit_one_inside_and_one_above_arrange_is_within_reach(cast: Cast, tree: EditionTree) -> None:
    held(offering(cast, tree.themes[0], tree.themes[0].cells[0]), starts=9 * DAY)
    for unit in ("Riverside", "Lincoln", "Alder", "Common Ground"):
        assert supply(cast, tree, unit) == Supply(1, 40)
    for unit in ("Millbrook", "Tamarack", "Harrow"):
        assert supply(cast, tree, unit) == NOTHING


def test_seats_are_those_of_sessions_that_begin_in_the_span(cast: Cast, tree: EditionTree, first: CellNode) -> None:
    taught = offering(cast, tree.themes[0], first)
    for days in (-3, 20, 100, 300):
        held(taught, starts=days * DAY)
    cancelled = held(taught, starts=30 * DAY)
    cancelled.status = SessionStatus.CANCELLED
    cancelled.save()
    assert [supply(cast, tree, days=days).seats for days in (90, 180, 365)] == [40, 80, 120]


def test_what_has_no_end_of_seats_is_open(cast: Cast, tree: EditionTree, first: CellNode) -> None:
    session = held(offering(cast, tree.themes[0], first), starts=9 * DAY)
    session.seats = None
    session.save()
    assert supply(cast, tree) == Supply(1, 0, is_open=True)
    session.delete()
    assert supply(cast, tree) == Supply(1)
    offering(cast, tree.themes[0], first, format=Format.SELF_PACED)
    assert supply(cast, tree) == Supply(2, 0, is_open=True)


@pytest.mark.parametrize("status", [OfferingStatus.DRAFT, OfferingStatus.RETIRED])
def test_what_is_not_listed_teaches_nobody(
    cast: Cast, tree: EditionTree, first: CellNode, status: OfferingStatus
) -> None:
    held(offering(cast, tree.themes[0], first, status=status), starts=9 * DAY)
    assert supply(cast, tree) == NOTHING


def test_heat_is_the_share_in_five_bins_and_none_where_hidden() -> None:
    assert [heat_of(need, 100) for need in (None, 0, 19, 20, 40, 60, 80, 100)] == [0, 1, 1, 2, 3, 4, 5, 5]
    assert heat_of(5, None) == 0


def test_where_to_add_comes_from_need_less_seats(cast: Cast, tree: EditionTree, first: CellNode) -> None:
    needing(cast, tree)
    held(offering(cast, tree.themes[0], first), starts=9 * DAY)
    grid = coverage(tree, supply_of(cast.unit("Riverside"), days=180), None)
    assert (grid.people, grid.hidden, grid.bare, grid.most_unmet(5)) == (None, 99, 98, [])


def test_the_grid_shows_released_needs_beside_seats(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    needing(cast, tree)
    theme = tree.themes[0]
    held(offering(cast, theme, theme.cells[0]), starts=9 * DAY)
    page = looked_at(browser, cast, "president", "Riverside")
    assert square(page, theme.cells[0]) == "h2 | Level 1 15 need it 40 seats"
    assert square(page, theme.cells[1]) == f"h2 bare | Level 2 15 need it nothing Add : {theme.short}, level 2"
    # Where seats are enough nobody is told to add.
    assert f'href="#c-{theme.cells[0].code}"' not in page
    assert f'href="#c-{theme.cells[1].code}"' in page
    later = looked_at(browser, cast, "president", "Riverside", "?days=90")
    assert '<option value="90" selected>' in later
    usual = looked_at(browser, cast, "president", "Riverside", "?days=7")
    assert '<option value="180" selected>' in usual, "a span that is not offered is the usual one"


def test_needs_of_fewer_than_ten_are_hidden_with_their_share(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    people = crowd(cast.unit("Lincoln"), 30)
    code = tree.themes[0].code
    stand(tree, people[:4], {code: 0})
    stand(tree, people[4:], {code: 1})
    refresh_needs(clock.today())
    cells = tree.themes[0].cells
    page = looked_at(browser, cast, "president", "Riverside")
    assert square(page, cells[0]) == f"sup bare | Level 1 need hidden nothing Add : {tree.themes[0].short}, level 1"
    # Thirty people less those at the other levels would say that four are at none.
    assert "26" not in square(page, cells[1]) or "need hidden" in square(page, cells[0])
    assert "Why some needs are hidden" in page


def test_before_ten_have_answered_nothing_but_supply_is_shown(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    stand(tree, crowd(cast.unit("Lincoln"), 9), {theme.code: 0 for theme in tree.themes})
    refresh_needs(clock.today())
    page = looked_at(browser, cast, "president", "Riverside")
    assert "fewer than 10" in page
    assert page.count("need hidden") == 99
    assert "Wherever needs can be shown, there are seats enough." in page


def test_a_state_leads_into_its_locals_and_a_local_does_not_lead_up(
    cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    needing(cast, tree)
    state = looked_at(browser, cast, "state_staff", "Alder")
    for unit, said in (("Riverside", "60 people have answered"), ("Millbrook", "too few to show")):
        address = reverse("growth:coverage", kwargs={"uid": cast.unit(unit).uid})
        assert re.search(rf'href="{address}[^>]*>{unit}</a><p>{said}', state)
    local = looked_at(browser, cast, "president", "Riverside")
    assert reverse("growth:coverage", kwargs={"uid": cast.unit("Alder").uid}) not in local
    assert reverse("growth:coverage", kwargs={"uid": cast.unit("Alder").uid}) in looked_at(
        browser, cast, "state_staff", "Riverside"
    )


def test_an_empty_cell_leads_to_a_new_offering_that_teaches_it(
    cast: Cast, tree: EditionTree, first: CellNode, browser: Browser
) -> None:
    address = f"{reverse('learning:offering-add')}?teaches={first.code}"
    assert address in looked_at(browser, cast, "president", "Riverside")
    form = browser("president").get(address).content.decode()
    assert first.code in form


def test_a_cell_tells_who_plans_learning_how_many_need_it_and_nobody_else(
    cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    needing(cast, tree)
    cell, bare = tree.themes[0].cells[0], tree.themes[1].cells[0]
    base = f"/framework/{tree.framework_code}/{tree.code}"
    page = browser("president").get(f"{base}/{cell.code}/").content.decode()
    assert "For 15 people this is the next step." in page
    # What is hidden is not spoken of.
    assert "Who needs this step" not in browser("president").get(f"{base}/{bare.code}/").content.decode()
    for name in ("own", "coach"):
        assert "Who needs this step" not in browser(name).get(f"{base}/{cell.code}/").content.decode()
    assert "Who needs this step" not in Client().get(f"{base}/{cell.code}/").content.decode()


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_fifteen_times_at_most_however_much_there_is(
    cast: Cast, tree: EditionTree, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    needing(cast, tree)
    for _ in range(many):
        a_session(cast, tree)
    client = browser("state_staff")
    address = reverse("growth:coverage", kwargs={"uid": cast.unit("Alder").uid})
    client.get(address)
    with django_assert_max_num_queries(15):
        client.get(address)
