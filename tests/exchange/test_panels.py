"""What exchange shows on other apps' pages: ways to files and calendars, for which the database is hardly asked."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import Cast
from tests.learning import offerings
from trellis.core.registry import Panel, Registry, catalogue_end_panels, people_panels, plan_panels, session_panels

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]


@pytest.fixture
def browser(cast: Cast) -> Browser:
    """Return the browser of one of the cast."""

    def of(name: str) -> Client:
        client = Client()
        client.force_login(cast.persons[name])
        return client

    return of


def test_a_session_can_be_put_into_ones_calendar(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast)
    page = browser("own").get(f"/learn/session/{session.uid}/")
    assertContains(page, f"/learn/session/{session.uid}/session.ics")
    assertContains(page, "/me/calendar/")


def test_who_comes_is_there_as_a_file_below_the_list(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast)
    page = browser("president").get(f"/learn/arrange/session/{session.uid}/people/")
    for ending in ("people.xlsx", "people.csv", "people.xlsx?needs=1"):
        assertContains(page, f"/learn/session/{session.uid}/{ending}")


def test_the_catalogue_is_there_as_files_and_takes_one_from_who_arranges(cast: Cast, browser: Browser) -> None:
    offerings.offering(cast)
    for path in ("/learn/", "/learn/?q=nothing"):
        assertContains(browser("own").get(path), "/learn/export/offerings.xlsx")
        assertNotContains(browser("own").get(path), "/learn/import/")
    for path in ("/learn/", "/learn/arrange/offerings/"):
        assertContains(browser("president").get(path), "/learn/import/")
    fragment = browser("own").get("/learn/", headers={"HX-Request": "true"})
    assertNotContains(fragment, "/learn/export/offerings.xlsx")


def test_a_plan_leads_to_ones_calendars(browser: Browser) -> None:
    assertContains(browser("own").get("/plan/"), "/me/calendar/")


@pytest.mark.parametrize(
    ("panels", "key", "most"),
    [
        (session_panels, "calendar", 1),  # whether it is over
        (people_panels, "files", 0),
        (plan_panels, "calendar", 0),
        (catalogue_end_panels, "files", 0),
    ],
    ids=["session", "people", "plan", "catalogue"],
)
def test_a_panel_asks_hardly_anything_that_the_page_has_not_asked_already(
    cast: Cast, panels: Registry[Panel], key: str, most: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory().get("/")
    viewer = request.user = cast.viewer("president")
    assert "arranges" in viewer.grants, "the menu has asked for this"
    with django_assert_num_queries(most):
        assert panels.get(key).context(request, viewer.uid) is not None


@pytest.mark.parametrize(("who", "path"), [("own", "/me/calendar/"), ("president", "/learn/import/")])
def test_pages_of_files_ask_little(
    browser: Browser, who: str, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(who)
    client.get(path)
    with django_assert_max_num_queries(8):
        client.get(path)
