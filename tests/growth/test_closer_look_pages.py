"""The closer look from a plan to a theme's page: begun for the plan's themes, and told beside the own answer."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import everything, give, next_edition
from tests.cast import Cast
from trellis.assessment.actions import answer_page, begin, finish, instrument_for
from trellis.assessment.form import Point
from trellis.assessment.instruments import DEEP_SELF
from trellis.assessment.models import Response
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree, ThemeNode
from trellis.growth.models import Goal
from trellis.growth.plan_actions import add_to_plan

BEGIN = "/plan/closer-look/"


@pytest.fixture
def member(browser: Callable[[str], Client]) -> Client:
    """The browser of the member called `own`."""
    return browser("own")


@pytest.fixture
def planned(cast: Cast, tree: EditionTree) -> list[ThemeNode]:
    """Three themes in the member's plan: two of one domain, one of another."""
    themes = [*tree.domains[0].themes[:2], tree.domains[1].themes[0]]
    for theme in themes:
        add_to_plan(theme, tree, target=1, reason="", by=cast.own)
    return themes


def look(cast: Cast, edition: Edition, theme: ThemeNode, often: int) -> Response:
    """The member finishes a closer look at a theme: the same answer to every statement, all done within the month."""
    response = begin(instrument_for(edition, DEEP_SELF, by=None), by=cast.own, themes=[theme.code])
    points = [Point("statement", one.id) for cell in theme.cells for one in cell.statements]
    answers: dict[Point, int | None] = dict.fromkeys(points, often)
    if often:
        answers |= {point._replace(aspect="last"): 3 for point in points}
    answer_page(response, answers, {}, answered_at=clock.now(), by=cast.own)
    return finish(response, by=cast.own)


def theme_page(theme: ThemeNode) -> str:
    return reverse("growth:theme", kwargs={"code": theme.code})


# from the plan


def test_a_plan_offers_a_closer_look_at_each_goal_and_at_a_domain_with_more(
    member: Client, planned: list[ThemeNode], tree: EditionTree
) -> None:
    page = member.get("/plan/")
    for goal in Goal.objects.all():
        assertContains(member.get(reverse("growth:goal", kwargs={"uid": goal.uid})), "Take a closer look", count=1)
    assertContains(page, f"{tree.domains[0].name}: 2 themes")
    assertNotContains(page, f"{tree.domains[1].name}: 1 theme")


def test_it_begins_with_the_themes_named_and_takes_up_more(member: Client, planned: list[ThemeNode]) -> None:
    first, second, third = (theme.code for theme in planned)
    begun = member.post(BEGIN, {"theme": [second, first]})
    response = Response.objects.get(instrument__code=DEEP_SELF)
    assertRedirects(begun, reverse("assessment:form-overview", kwargs={"uid": response.uid}))
    assert response.themes == [first, second]
    member.post(BEGIN, {"theme": third})
    response.refresh_from_db()
    assert response.themes == [first, second, third]


def test_only_themes_of_the_own_plan_are_looked_at(
    member: Client, planned: list[ThemeNode], tree: EditionTree, browser: Callable[[str], Client]
) -> None:
    assert member.post(BEGIN, {"theme": tree.themes[-1].code}).status_code == 404
    assert member.post(BEGIN).status_code == 404
    assert browser("colleague").post(BEGIN, {"theme": planned[0].code}).status_code == 404
    member.post(BEGIN, {"theme": [planned[0].code, tree.themes[-1].code]})
    assert Response.objects.get().themes == [planned[0].code]


def test_a_theme_that_the_edition_of_today_lacks_is_not_found(member: Client, planned: list[ThemeNode]) -> None:
    next_edition(gone=[planned[0].code])
    assert member.post(BEGIN, {"theme": planned[0].code}).status_code == 404


# on the theme's page


def test_a_theme_that_is_neither_planned_nor_looked_at_says_nothing(member: Client, tree: EditionTree) -> None:
    assertNotContains(member.get(theme_page(tree.themes[0])), "closer look")


def test_a_planned_theme_offers_it(member: Client, planned: list[ThemeNode]) -> None:
    page = member.get(theme_page(planned[0]))
    assertContains(page, "Take a closer look")
    assertNotContains(page, "By your closer look")


def test_it_tells_level_and_statements_and_leaves_the_own_answer_alone(
    member: Client, cast: Cast, framework: Edition, planned: list[ThemeNode]
) -> None:
    theme = planned[0]
    give(cast.own, framework, everything(framework, 2))
    finished = look(cast, framework, theme, 2)
    assert finished.finished_at is not None
    page = member.get(theme_page(theme))
    assertContains(page, "By your closer look: level 3")
    assertContains(page, "(most statements regularly)")
    assertContains(page, "Within a month")
    assertContains(page, f"{timezone.localdate(finished.finished_at):%Y}")
    assertContains(page, "provisional")
    assertNotContains(page, "was:")
    assertContains(page, "You stand here", count=1)
    assert page.context["mine"].level == 1


def test_a_change_to_the_wave_before_is_told_in_words(
    member: Client, cast: Cast, framework: Edition, planned: list[ThemeNode]
) -> None:
    theme = planned[0]
    look(cast, framework, theme, 0)
    page = member.get(theme_page(theme))
    assertContains(page, "By your closer look: level 0")
    look(cast, framework, theme, 1)
    page = member.get(theme_page(theme))
    statements = sum(len(cell.statements) for cell in theme.cells)
    assertContains(page, "was: not yet", count=statements)
    assertContains(page, "Look again")


def test_what_is_still_open_says_nothing_yet(
    member: Client, cast: Cast, framework: Edition, planned: list[ThemeNode]
) -> None:
    begin(instrument_for(framework, DEEP_SELF, by=None), by=cast.own, themes=[planned[0].code])
    assertNotContains(member.get(theme_page(planned[0])), "By your closer look")


def test_it_is_not_mixed_into_the_standing(
    member: Client, cast: Cast, framework: Edition, planned: list[ThemeNode]
) -> None:
    look(cast, framework, planned[0], 2)
    page = member.get(theme_page(planned[0]))
    assert not page.context["mine"].is_known


def test_the_pages_stay_quick(
    member: Client,
    cast: Cast,
    framework: Edition,
    planned: list[ThemeNode],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    look(cast, framework, planned[0], 1)
    look(cast, framework, planned[0], 2)
    for address in (theme_page(planned[0]), "/plan/"):
        with django_assert_max_num_queries(15):
            member.get(address)
