"""The door to the self-assessment and the overview of it: begin, go on, look back, finish; and the service worker."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import LAST_YEAR, THIS_YEAR, everything, give, next_edition
from tests.cast import Cast
from trellis.assessment.models import Rating, Response
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree, ThemeNode

START = "/assess/"


def overview_of(response: Response) -> str:
    return reverse("assessment:overview", kwargs={"uid": response.uid})


def finish_of(response: Response) -> str:
    return reverse("assessment:finish", kwargs={"uid": response.uid})


# the door


def test_a_newcomer_finds_one_way_in(member: Client, framework: Edition, tree: EditionTree) -> None:
    page = member.get(START)
    assertContains(page, "The short self-assessment")
    assertContains(page, "For each of 33 themes")
    assertNotContains(page, "Earlier answers")
    for level in tree.levels:
        assertContains(page, level.name)


def test_starting_begins_one_and_leads_to_its_overview(member: Client, cast: Cast) -> None:
    answer = member.post(START)
    response = Response.objects.get(subject=cast.own)
    assertRedirects(answer, overview_of(response))
    assertRedirects(member.post(START), overview_of(response))
    assert Response.objects.count() == 1


def test_who_has_begun_goes_on_where_they_stopped(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    Rating.objects.create(response=going, theme_id=themes[0].id, value=2)
    page = member.get(START)
    assertContains(page, "You have answered 1 of 33 themes.")
    assertContains(page, f'href="{overview_of(going)}"')


def test_what_was_begun_on_an_earlier_edition_is_counted_by_its_own_themes(member: Client, going: Response) -> None:
    next_edition(gone=["COM.1"])
    assertContains(member.get(START), "You have answered 0 of 33 themes.")


def test_who_has_finished_can_look_back_and_start_again(member: Client, cast: Cast, framework: Edition) -> None:
    waves = [give(cast.own, framework, {"ADV.1": 2}, on=day) for day in (LAST_YEAR, THIS_YEAR)]
    text = unescape(member.get(START).content.decode())
    assert "Start again" in text
    places = [text.index(overview_of(wave)) for wave in waves]
    assert places == sorted(places, reverse=True), "the newest first"
    assertRedirects(member.post(START), overview_of(Response.objects.get(wave=3)))


def test_without_a_framework_there_is_nothing_to_start(member: Client, framework: Edition) -> None:
    retire_edition(framework, by=None)
    assertContains(member.get(START), "There is no framework yet")
    assertContains(member.post(START), "There is no framework yet")
    assert not Response.objects.exists()


# the overview


def test_the_overview_shows_what_is_answered_and_what_is_left(
    member: Client, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    response = give(cast.own, framework, {"ADV.1": 5, "ADV.2": None, "ADV.3": 0}, finished=False)
    page = member.get(overview_of(response))
    text = unescape(page.content.decode())
    assert "3 of 33 answered, about 9 min left" in text
    assert f"3 of {len(tree.domain_by_code['ADV'].themes)}" in text
    assert text.count("not answered") == 30
    assert text.count("no chance") == 1
    assert text.count('class="half"') == 1
    assertContains(page, f'data-ahead="{" ".join(theme.code for theme in tree.themes[3:])}"')
    assertContains(page, "Finish and see where I stand")


def test_before_the_first_answer_there_is_nothing_to_finish(member: Client, going: Response) -> None:
    page = member.get(overview_of(going))
    assertContains(page, "Ready when you are")
    assertNotContains(page, finish_of(going))


def test_when_all_is_answered_only_finishing_is_left(member: Client, cast: Cast, framework: Edition) -> None:
    response = give(cast.own, framework, everything(framework, 2), finished=False)
    page = member.get(overview_of(response))
    assertContains(page, "All themes answered")
    assertContains(page, finish_of(response))
    assertNotContains(page, "Go on")


def test_a_device_with_unsent_answers_is_told_so_by_the_pages_script(
    member: Client, cast: Cast, framework: Edition, going: Response
) -> None:
    """The notice is hidden, and only step.js can show it."""
    page = member.get(overview_of(going))
    assert re.search(r'id="unsent"[^>]* hidden>', page.content.decode())
    assertContains(page, "assessment/step.js")


def test_finished_answers_are_shown_and_cannot_be_changed(member: Client, cast: Cast, framework: Edition) -> None:
    finished = give(cast.own, framework, {"ADV.1": 5})
    page = member.get(overview_of(finished))
    assertContains(page, "Oct. 20, 2026")
    assertContains(page, "They stay as they are.")
    assertNotContains(page, f"{overview_of(finished)}ADV.1/")
    assertNotContains(page, '<form method="post" action="/assess/')
    assertNotContains(page, "step.js")


def test_the_overview_costs_the_same_with_no_answer_and_with_all(
    member: Client, going: Response, themes: list[ThemeNode], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        member.get(overview_of(going))
    Rating.objects.bulk_create(Rating(response=going, theme_id=theme.id, value=2) for theme in themes)
    with django_assert_max_num_queries(5):
        member.get(overview_of(going))


# finishing


def test_finishing_leads_to_where_the_result_is_shown(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    Rating.objects.create(response=going, theme_id=themes[0].id, value=2)
    assertRedirects(member.post(finish_of(going)), reverse("growth:standing"))
    going.refresh_from_db()
    assert going.finished_at is not None


def test_where_that_is_stands_in_the_settings(
    member: Client, going: Response, themes: list[ThemeNode], settings: Settings
) -> None:
    settings.TRELLIS_AFTER_ASSESSMENT = "home"
    Rating.objects.create(response=going, theme_id=themes[0].id, value=2)
    assertRedirects(member.post(finish_of(going)), "/")


def test_finishing_with_nothing_answered_says_what_is_missing(member: Client, going: Response) -> None:
    answer = member.post(finish_of(going), follow=True)
    assertRedirects(answer, overview_of(going))
    assertContains(answer, "Answer at least one question first.")
    going.refresh_from_db()
    assert going.finished_at is None


def test_finishing_is_a_deed_and_not_a_look(member: Client, going: Response) -> None:
    assert member.get(finish_of(going)).status_code == 405


# the service worker


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_service_worker_may_look_after_every_page(client: Client, cast: Cast, signed_in: bool) -> None:
    if signed_in:
        client.force_login(cast.persons["own"])
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"addEventListener" in answer.content
    assert b"own@example.org" not in answer.content
    assert not answer.cookies
