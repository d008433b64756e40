"""One theme of the self-assessment: with and without script, answered, skipped, refused, or not there at all."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import LAST_YEAR, everything, give, next_edition
from tests.cast import Cast
from trellis.assessment.models import Rating, Response
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree, ThemeNode

BY_SCRIPT = {"X-Trellis-Outbox": "1"}
CHECKED = re.compile(r'<input type="(\w+)" name="(\w+)"[^>]*value="(\w+)"[^>]* checked>')


def step_of(response: Response, theme: ThemeNode) -> str:
    return reverse("assessment:step", kwargs={"uid": response.uid, "code": theme.code})


def overview_of(response: Response) -> str:
    return reverse("assessment:overview", kwargs={"uid": response.uid})


def checked(html: str) -> set[tuple[str, str]]:
    """Return name and value of what is chosen on the page."""
    return {(name, value) for _, name, value in CHECKED.findall(html) if name != "words"}


# showing


def test_it_asks_one_theme_in_plain_words(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    theme = themes[4]
    page = member.get(step_of(going, theme))
    text = unescape(page.content.decode())
    assert page.status_code == 200
    assert f"<h1>{theme.short}</h1>" in text
    assert "really done in the last 12 months?" in text
    assert "Theme 5 of 33" in text
    assert "About 10 min left" in text
    for cell in theme.cells:
        assert cell.level_name in text
        assert all(statement.text_self in text for statement in cell.statements)


def test_nothing_is_chosen_before_the_person_chooses(
    member: Client, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    """Earlier waves stay hidden too, so that they do not draw the new answer to themselves."""
    give(cast.own, framework, everything(framework, 5), on=LAST_YEAR)
    again = give(cast.own, framework, {}, finished=False)
    for theme in tree.themes[:3]:
        assert checked(member.get(step_of(again, theme)).content.decode()) == set()


@pytest.mark.parametrize(
    ("half", "shown"),
    [
        (0, {("step", "0")}),
        (1, {("step", "0"), ("partly", "0")}),
        (4, {("step", "2")}),
        (5, {("step", "2"), ("partly", "2")}),
        (6, {("step", "3")}),
        (None, {("step", "none")}),
    ],
)
def test_an_answer_that_was_given_is_shown_again(
    member: Client, going: Response, themes: list[ThemeNode], half: int | None, shown: set[tuple[str, str]]
) -> None:
    Rating.objects.create(response=going, theme_id=themes[0].id, value=half, cannot_say=half is None)
    assert checked(member.get(step_of(going, themes[0])).content.decode()) == shown


def test_the_way_back_leads_to_the_theme_before_and_from_the_first_to_the_overview(
    member: Client, going: Response, themes: list[ThemeNode]
) -> None:
    back = '<a class="ghost back" href="{}">'
    assertContains(member.get(step_of(going, themes[0])), back.format(overview_of(going)))
    assertContains(member.get(step_of(going, themes[7])), back.format(step_of(going, themes[6])))


def test_the_page_names_the_themes_ahead_for_a_device_that_goes_offline(
    member: Client, going: Response, themes: list[ThemeNode]
) -> None:
    ahead = " ".join(theme.code for theme in themes[31:])
    assertContains(member.get(step_of(going, themes[30])), f'data-ahead="{ahead}"')
    assertContains(member.get(step_of(going, themes[32])), 'data-ahead=""')


def test_when_all_is_answered_no_minutes_are_left(
    member: Client, cast: Cast, framework: Edition, themes: list[ThemeNode], going: Response
) -> None:
    Rating.objects.bulk_create(Rating(response=going, theme_id=theme.id, value=2) for theme in themes)
    assertContains(member.get(step_of(going, themes[0])), "All answered")


def test_official_words_are_a_choice_only_where_there_are_some(
    member: Client, cast: Cast, framework: Edition, going: Response, themes: list[ThemeNode]
) -> None:
    assertNotContains(member.get(step_of(going, themes[0])), "Official wording")


def test_official_words_stand_one_tap_away_and_are_never_markup(member: Client, cast: Cast) -> None:
    edition = next_edition(official={"ADV.1.L2": "Leads <b>boldly</b> & well"})
    response = give(cast.own, edition, {}, finished=False)
    page = member.get(reverse("assessment:step", kwargs={"uid": response.uid, "code": "ADV.1"}))
    assertContains(page, "Official wording")
    assertContains(page, "Leads &lt;b&gt;boldly&lt;/b&gt; &amp; well")


def test_showing_it_costs_the_same_at_the_first_theme_and_at_the_last(
    member: Client,
    going: Response,
    themes: list[ThemeNode],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(4):  # session, person, response, ratings
        member.get(step_of(going, themes[0]))
    Rating.objects.bulk_create(Rating(response=going, theme_id=theme.id, value=2) for theme in themes)
    with django_assert_max_num_queries(4):
        member.get(step_of(going, themes[32]))


# without script


def test_an_answer_is_stored_and_leads_to_the_next_theme(
    member: Client, going: Response, themes: list[ThemeNode]
) -> None:
    answer = member.post(step_of(going, themes[0]), {"step": "1", "partly": ["0", "1"]})
    assertRedirects(answer, step_of(going, themes[1]))
    assert Rating.objects.get(response=going, theme_id=themes[0].id).value == 3


def test_the_last_theme_leads_to_the_overview(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    answer = member.post(step_of(going, themes[32]), {"step": "none"})
    assertRedirects(answer, overview_of(going))
    assert Rating.objects.get(response=going, theme_id=themes[32].id).cannot_say


def test_skipping_leads_on_and_stores_nothing(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    before = AuditEntry.objects.count()
    assertRedirects(member.post(step_of(going, themes[0]), {"skip": "1", "step": "3"}), step_of(going, themes[1]))
    assert not Rating.objects.exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Pick a step, or skip this theme for now."),
        ({"partly": "1"}, "Pick a step, or skip this theme for now."),
        ({"step": "7"}, "Pick one of the steps."),
    ],
)
def test_a_wrong_answer_is_shown_again_with_words(
    member: Client, going: Response, themes: list[ThemeNode], sent: dict[str, str], words: str
) -> None:
    page = member.post(step_of(going, themes[0]), sent)
    assertContains(page, words, status_code=422)
    assertContains(page, 'aria-describedby="step-error"', status_code=422)
    assertContains(page, 'role="alert"', status_code=422)
    assert not Rating.objects.exists()


def test_a_wrong_answer_leaves_the_stored_one(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    member.post(step_of(going, themes[0]), {"step": "2"})
    page = member.post(step_of(going, themes[0]), {"step": "9"})
    assert checked(page.content.decode()) == {("step", "2")}


def test_storing_costs_the_same_at_the_first_theme_and_at_the_last(
    member: Client,
    going: Response,
    themes: list[ThemeNode],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for theme in (themes[0], themes[32]):
        with django_assert_max_num_queries(12):  # two for the savepoint, and on PostgreSQL one for the trail's lock
            member.post(step_of(going, theme), {"step": "2"}, headers=BY_SCRIPT)
        Rating.objects.bulk_create(
            Rating(response=going, theme_id=each.id, value=2) for each in themes[1:32] if theme is themes[0]
        )


# by the page's script


def test_the_script_is_told_what_became_of_an_answer(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    def send(**fields: str) -> tuple[int, dict[str, str]]:
        answer = member.post(step_of(going, themes[0]), fields, headers=BY_SCRIPT)
        return answer.status_code, answer.json()

    assert send(step="1", age_ms="1000") == (200, {"state": "stored"})
    assert send(step="1", age_ms="900") == (200, {"state": "unchanged"})
    assert send(step="2", age_ms="600000") == (200, {"state": "older"})
    assert send(step="2") == (200, {"state": "stored"})
    assert send(step="8") == (422, {"state": "refused", "why": "Pick one of the steps."})
    assert send(step="2", age_ms="9" * 60) == (200, {"state": "unchanged"})
    assert Rating.objects.get().value == 4


def test_the_script_is_told_that_a_finished_wave_takes_no_more(
    member: Client, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    finished = give(cast.own, framework, {"ADV.1": 2})
    answer = member.post(step_of(finished, tree.theme_by_code["ADV.1"]), {"step": "3"}, headers=BY_SCRIPT)
    assert (answer.status_code, answer.json()["state"]) == (409, "refused")
    assert "stay as they are" in answer.json()["why"]
    assert Rating.objects.get().value == 2


# what is not there, and who may not


def test_a_finished_wave_leads_to_its_overview(
    member: Client, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    finished = give(cast.own, framework, {"ADV.1": 2})
    address = step_of(finished, tree.theme_by_code["ADV.1"])
    assertRedirects(member.get(address), overview_of(finished))
    answer = member.post(address, {"step": "3"}, follow=True)
    assertRedirects(answer, overview_of(finished))
    assertContains(answer, "stay as they are")
    assert Rating.objects.get().value == 2


@pytest.mark.parametrize("headers", [{}, BY_SCRIPT], ids=["by hand", "by script"])
@pytest.mark.parametrize("code", ["ADV.99", "ADV", "ADV.1.L2", "adv.1"])
def test_a_theme_that_is_not_there_is_not_found(
    member: Client, going: Response, code: str, headers: dict[str, str]
) -> None:
    address = reverse("assessment:step", kwargs={"uid": going.uid, "code": code})
    assert member.get(address, headers=headers).status_code == 404
    assert member.post(address, {"step": "1"}, headers=headers).status_code == 404


@pytest.mark.parametrize("viewer", ["president", "coach", "steward", "state_staff", "colleague"])
def test_somebody_elses_answers_are_not_there(
    client: Client, cast: Cast, going: Response, themes: list[ThemeNode], viewer: str
) -> None:
    client.force_login(cast.persons[viewer])
    address = step_of(going, themes[0])
    assert client.get(address).status_code == 404
    assert client.post(address, {"step": "1"}).status_code == 404
    assert client.post(address, {"step": "1"}, headers=BY_SCRIPT).status_code == 404
    assert client.get(overview_of(going)).status_code == 404
    assert client.post(f"{overview_of(going)}finish/").status_code == 404
    assert not Rating.objects.exists()


def test_a_uid_that_nobody_has_is_not_found(member: Client, going: Response, themes: list[ThemeNode]) -> None:
    address = reverse("assessment:step", kwargs={"uid": uuid4(), "code": themes[0].code})
    assert member.get(address).status_code == 404
    assert member.post(address, {"step": "1"}).status_code == 404


@pytest.mark.parametrize("headers", [{}, BY_SCRIPT], ids=["by hand", "by script"])
def test_a_visitor_is_sent_to_sign_in(
    client: Client, going: Response, themes: list[ThemeNode], headers: dict[str, str]
) -> None:
    address = step_of(going, themes[0])
    for answer in (client.get(address, headers=headers), client.post(address, {"step": "1"}, headers=headers)):
        assertRedirects(answer, f"{reverse('account_login')}?next={address}", fetch_redirect_response=False)
    assert not Rating.objects.exists()


def test_an_answer_needs_the_token_of_the_form(cast: Cast, going: Response, themes: list[ThemeNode]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.persons["own"])
    assert strict.post(step_of(going, themes[0]), {"step": "1"}, headers=BY_SCRIPT).status_code == 403
    assert not Rating.objects.exists()
