"""Forms that are filled in page by page, and the proof that a new one needs a YAML file and nothing else."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import Cast
from trellis.assessment import instruments
from trellis.assessment.actions import answer, begin, finish, instrument_for
from trellis.assessment.form import Point
from trellis.assessment.instruments import DEEP_SELF, PROGRAM_EVALUATION, SHORT_SELF, shipped
from trellis.assessment.models import Response
from trellis.assessment.queries import answers_of
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree, ThemeNode

POTLUCK = """
code: potluck
version: 1
name: After the potluck
about: Four short questions about the evening.
question: How was it?
about_whom: self
asks: item
layout: pages
relations: [self]
scale:
  kind: choices
  choices:
    - {value: 0, label: Not for me}
    - {value: 1, label: Fine}
    - {value: 2, label: Wonderful}
  cannot_say: I was not there
aspects:
  - {code: "", question: How was it?}
  - code: again
    question: Would you come again?
    only_if: [1, 2]
    scale: {kind: choices, choices: [{value: 0, label: Rather not}, {value: 1, label: Surely}]}
sections:
  - {code: evening, name: The evening, questions: [{code: food, text: The food}, {code: talk, text: The talk}]}
  - {code: after, name: Afterwards, questions: [{code: way-home, text: The way home}]}
remarks:
  - {code: more, text: Anything else?}
domains_shuffled: false
seconds_per_question: 10
es: {The food: La comida, The evening: La noche, Fine: Bien}
"""


@pytest.fixture
def potluck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder that holds one instrument more than is shipped."""
    shutil.copytree(instruments.DATA, tmp_path / "data")
    (tmp_path / "data" / "instruments" / "potluck.yaml").write_text(POTLUCK, encoding="utf-8")
    monkeypatch.setattr(instruments, "DATA", tmp_path / "data")
    shipped.cache_clear()
    yield
    shipped.cache_clear()


@pytest.fixture
def theme(tree: EditionTree) -> ThemeNode:
    """The theme that is looked at."""
    return tree.themes[0]


@pytest.fixture
def deep(cast: Cast, framework: Edition, tree: EditionTree) -> Response:
    """A deep form on two themes that the member has begun."""
    codes = [each.code for each in tree.themes[:2]]
    return begin(instrument_for(framework, DEEP_SELF, by=None), by=cast.own, themes=codes)


def door(code: str) -> str:
    return reverse("assessment:form-door", kwargs={"code": code})


def overview_of(response: Response) -> str:
    return reverse("assessment:form-overview", kwargs={"uid": response.uid})


def page_of(response: Response, page: str) -> str:
    return reverse("assessment:form-page", kwargs={"uid": response.uid, "page": page})


def finish_of(response: Response) -> str:
    return reverse("assessment:form-finish", kwargs={"uid": response.uid})


def statement(theme: ThemeNode, place: int = 0) -> Point:
    found = [one for cell in theme.cells for one in cell.statements]
    return Point("statement", found[place].id)


# a new instrument is a YAML file


def test_an_instrument_that_nobody_programmed_is_begun_answered_and_finished(
    potluck: None, framework: Edition, cast: Cast, member: Client
) -> None:
    assertContains(member.get(reverse("assessment:start")), "After the potluck")
    assertContains(member.get(door("potluck")), "Four short questions about the evening.")
    begun = member.post(door("potluck"))
    response = Response.objects.get(instrument__code="potluck")
    assertRedirects(begun, overview_of(response))
    first = member.get(page_of(response, "evening"))
    assertContains(first, "The food")
    assertContains(first, "I was not there")
    assertNotContains(first, "checked")
    assertNotContains(first, "Anything else?")
    sent = {"q-item-food": "2", "q-item-food-again": "1", "q-item-talk": "none"}
    assertRedirects(member.post(page_of(response, "evening"), sent), page_of(response, "after"))
    assertContains(member.get(page_of(response, "after")), "Anything else?")
    sent = {"q-item-way-home": "0", "q-item-way-home-again": "1", "remark-more": "Good soup."}
    assertRedirects(member.post(page_of(response, "after"), sent), overview_of(response))
    assertContains(member.get(overview_of(response)), "All answered")
    assertRedirects(member.post(finish_of(response)), overview_of(response))
    response.refresh_from_db()
    assert response.finished_at is not None
    assert answers_of(response) == {
        Point("item", "food"): 2,
        Point("item", "food", "again"): 1,
        Point("item", "talk"): None,
        Point("item", "way-home"): 0,
    }
    told = member.get(overview_of(response))
    for words in ("Wonderful", "Surely", "I was not there", "Not for me", "Good soup."):
        assertContains(told, words)


def test_it_speaks_the_readers_language(potluck: None, framework: Edition, cast: Cast, member: Client) -> None:
    member.post(door("potluck"))
    response = Response.objects.get(instrument__code="potluck")
    page = member.get(page_of(response, "evening"), headers={"Accept-Language": "es"})
    assertContains(page, "La comida")
    assertContains(page, "<h1>La noche</h1>")
    assertContains(page, "Wonderful")


# the door


def test_the_door_asks_for_themes_and_says_so_when_there_are_none(
    member: Client, framework: Edition, theme: ThemeNode
) -> None:
    assertContains(member.get(door(DEEP_SELF)), f'name="theme" value="{theme.code}"')
    assertContains(member.post(door(DEEP_SELF)), "Choose at least one theme", status_code=422)
    assertContains(member.post(door(DEEP_SELF), {"theme": "XXX.1"}), "Choose at least one theme", status_code=422)
    begun = member.post(door(DEEP_SELF), {"theme": theme.code})
    response = Response.objects.get()
    assertRedirects(begun, overview_of(response))
    assert response.themes == [theme.code]
    assertContains(member.get(door(DEEP_SELF)), "Go on where you stopped")


@pytest.mark.parametrize("code", [SHORT_SELF, PROGRAM_EVALUATION, "three-sixty", "readiness", "horoscope"])
def test_what_is_not_taken_up_by_oneself_has_no_door(member: Client, framework: Edition, code: str) -> None:
    assert member.get(door(code)).status_code == 404
    assert member.post(door(code)).status_code == 404


def test_finished_forms_are_listed_and_the_next_one_is_a_new_wave(
    member: Client, deep: Response, cast: Cast, theme: ThemeNode
) -> None:
    answer(deep, statement(theme), value=1, answered_at=clock.now(), by=cast.own)
    finish(deep, by=cast.own)
    page = member.get(door(DEEP_SELF))
    assertContains(page, overview_of(deep))
    assertContains(page, "Take it again")
    member.post(door(DEEP_SELF), {"theme": theme.code})
    newer = Response.objects.get(finished_at=None)
    assert newer.wave == 2
    assertNotContains(member.get(page_of(newer, theme.code)), "checked")


# one page


def test_what_is_left_open_is_said_and_what_was_picked_is_kept(
    member: Client, deep: Response, theme: ThemeNode
) -> None:
    picked = {statement(theme).name: "1", statement(theme, 1).name: "0"}
    back = member.post(page_of(deep, theme.code), picked)
    assertRedirects(back, f"{page_of(deep, theme.code)}?left=1")
    again = member.get(back.headers["Location"])
    whole = sum(len(cell.statements) for cell in theme.cells)
    # of two statements one asks when it was, too
    assertContains(again, f"{whole - 1} left on this page.")
    assertContains(again, "Left open", count=whole - 1)
    assertContains(again, "checked", count=2)
    assert answers_of(deep) == {statement(theme): 1, statement(theme, 1): 0}


def test_what_is_left_open_may_be_passed_over(member: Client, deep: Response, tree: EditionTree) -> None:
    first, second = tree.themes[:2]
    onward = member.post(page_of(deep, first.code), {statement(first).name: "0", "skip": "1"})
    assertRedirects(onward, page_of(deep, second.code))
    assertRedirects(member.post(page_of(deep, second.code), {"skip": "1"}), overview_of(deep))
    assert answers_of(deep) == {statement(first): 0}
    assertContains(member.get(overview_of(deep)), "1 of ")


def test_a_page_needs_few_queries(
    member: Client, deep: Response, theme: ThemeNode, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    member.post(page_of(deep, theme.code), {statement(theme).name: "0"})
    with django_assert_max_num_queries(15):
        member.get(page_of(deep, theme.code))
    with django_assert_max_num_queries(15):
        member.get(overview_of(deep))
    with django_assert_max_num_queries(15):
        member.get(door(DEEP_SELF))


def test_each_statement_is_a_group_with_its_name_and_each_question_too(
    member: Client, deep: Response, theme: ThemeNode
) -> None:
    html = member.get(page_of(deep, theme.code)).content.decode()
    whole = sum(len(cell.statements) for cell in theme.cells)
    assert html.count("<fieldset") == html.count("<legend>") == whole
    assert html.count('role="radiogroup"') == 2 * whole
    for labelled in (statement(theme).name, statement(theme)._replace(aspect="last").name):
        assert f'aria-labelledby="{labelled}-asks"' in html
        assert f'id="{labelled}-asks"' in html


def test_finished_answers_stay_as_they_are(member: Client, deep: Response, cast: Cast, theme: ThemeNode) -> None:
    member.post(page_of(deep, theme.code), {statement(theme).name: "0", "skip": "1"})
    member.post(finish_of(deep))
    assertRedirects(member.get(page_of(deep, theme.code)), overview_of(deep))
    refused = member.post(page_of(deep, theme.code), {statement(theme).name: "2"}, follow=True)
    assertContains(refused, "stay as they are")
    assert answers_of(deep) == {statement(theme): 0}


def test_finishing_needs_an_answer(member: Client, deep: Response) -> None:
    assertContains(member.post(finish_of(deep), follow=True), "Answer at least one question first.")
    deep.refresh_from_db()
    assert deep.finished_at is None


# whose it is


def test_nobody_else_opens_it(client: Client, cast: Cast, deep: Response, theme: ThemeNode) -> None:
    for name in ("president", "coach", "steward", "colleague"):
        client.force_login(cast.persons[name])
        for address in (overview_of(deep), page_of(deep, theme.code)):
            assert client.get(address).status_code == 404
        assert client.post(page_of(deep, theme.code), {statement(theme).name: "2"}).status_code == 404
        assert client.post(finish_of(deep)).status_code == 404
    assert answers_of(deep) == {}


def test_what_it_does_not_ask_is_not_found(member: Client, deep: Response, tree: EditionTree) -> None:
    assert member.get(page_of(deep, tree.themes[9].code)).status_code == 404
    assert member.get(page_of(deep, "finished")).status_code == 404
    deep.uid = uuid4()
    assert member.get(overview_of(deep)).status_code == 404


def test_ladders_and_forms_keep_to_their_own_pages(member: Client, going: Response, deep: Response) -> None:
    assert member.get(reverse("assessment:overview", kwargs={"uid": deep.uid})).status_code == 404
    assert member.get(overview_of(going)).status_code == 404
    assert member.post(reverse("assessment:finish", kwargs={"uid": deep.uid})).status_code == 404
    assert member.get(reverse("assessment:step", kwargs={"uid": deep.uid, "code": "ADV.1"})).status_code == 404
