"""Of which units one sees figures: those that a term of today gives, and what is inside them."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import Cast
from tests.insight.pages.conftest import Browser, Shown
from trellis.core import clock
from trellis.insight.access import beside, insight_units, sees_insight
from trellis.people.models import Role, Term

HOME = "/insight/"


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("president", ["Riverside"]),
        ("coach", ["Riverside"]),
        ("state_staff", ["Alder", "Riverside", "Millbrook"]),
        ("other_state_president", ["Harrow"]),
        ("steward", ["Common Ground", "Alder", "Riverside", "Millbrook", "Tamarack", "Harrow"]),
        ("representative", []),
        ("treasurer", []),
        ("own", []),
        ("former_president", []),
        ("suspended", []),
    ],
)
def test_a_term_gives_its_unit_and_what_is_inside_down_to_locals(name: str, units: list[str], cast: Cast) -> None:
    viewer = cast.viewer(name)
    assert [unit.name for unit in insight_units(viewer)] == units
    assert sees_insight(viewer) is bool(units)


def test_a_visitor_sees_none(cast: Cast) -> None:
    assert not insight_units(AnonymousUser()).exists()
    assert not sees_insight(AnonymousUser())


def test_who_arranges_sees_the_unit_for_as_long_as_the_term_lasts(cast: Cast) -> None:
    trainer = Role.objects.get(code="trainer")
    term = Term.objects.create(person=cast.own, role=trainer, unit=cast.unit("Millbrook"), starts=clock.today())
    assert [unit.name for unit in insight_units(cast.own)] == ["Millbrook"]
    term.starts, term.ends = clock.today() - dt.timedelta(days=9), clock.today() - dt.timedelta(days=1)
    term.save()
    assert not sees_insight(cast.own)


def test_a_term_in_a_worksite_or_committee_gives_nothing_because_they_have_no_figures(cast: Cast) -> None:
    for unit in ("Lincoln", "Riverside board"):
        coach = Role.objects.get(code="coach")
        Term.objects.create(person=cast.own, role=coach, unit=cast.unit(unit), starts=clock.today())
    assert not sees_insight(cast.own)


def test_a_unit_is_compared_with_the_one_directly_above(cast: Cast) -> None:
    assert [unit.name for unit in beside(cast.unit("Riverside"))] == ["Alder"]
    assert [unit.name for unit in beside(cast.unit("Alder"))] == ["Common Ground"]
    assert not beside(cast.unit("Common Ground"))


def test_the_way_in_leads_to_the_highest_unit_and_stands_in_the_navigation_for_who_has_one(
    browser: Browser, cast: Cast
) -> None:
    client = browser("state_staff")
    assertRedirects(
        client.get(HOME),
        reverse("insight:stand", kwargs={"uid": cast.unit("Alder").uid}),
        fetch_redirect_response=False,
    )
    assertContains(client.get("/"), f'href="{HOME}"')
    assertNotContains(browser("own").get("/"), f'href="{HOME}"')


def test_outside_of_the_demo_it_asks_for_a_second_factor(browser: Browser, shown: Shown, settings: Settings) -> None:
    settings.TRELLIS_DEMO = False
    for name in ("president", "steward"):
        for path in (
            HOME,
            "/insight/saved/",
            shown.address("stand", "Riverside"),
            shown.address("report", "Riverside"),
        ):
            assertRedirects(browser(name).get(path), reverse("mfa_index"), fetch_redirect_response=False)


def test_a_page_links_upward_only_as_far_as_the_viewer_sees(browser: Browser, shown: Shown) -> None:
    above = f'href="{shown.address("stand", "Alder")}"'
    assertNotContains(browser("president").get(shown.address("unit", "Riverside")), above)
    assertContains(browser("state_staff").get(shown.address("unit", "Riverside")), above)
