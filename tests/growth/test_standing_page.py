"""The standing and the page of one theme: what a person reads about themselves, and what it never says."""

from collections.abc import Callable
from html import unescape

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import LAST_YEAR, everything, give, next_edition
from tests.cast import Cast
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.actions import choose_focus
from trellis.growth.models import RoleProfile, Step
from trellis.growth.plan_actions import add_to_plan

STANDING = "/standing/"
Browser = Callable[[str], Client]


def text_of(client: Client, path: str = STANDING) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return unescape(page.content.decode())


def theme_page(code: str) -> str:
    return reverse("growth:theme", kwargs={"code": code})


# before there is one


def test_before_the_first_answers_it_shows_the_way_to_them(browser: Browser, framework: Edition) -> None:
    text = text_of(browser("own"))
    assert "Nothing here yet" in text
    assert reverse("assessment:start") in text


def test_who_is_on_their_way_is_told_to_go_on(browser: Browser, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, {"ADV.1": 3}, finished=False)
    assert "You are on your way" in text_of(browser("own"))


def test_without_a_framework_there_is_an_empty_page(browser: Browser, framework: Edition) -> None:
    retire_edition(framework, by=None)
    assert "Nothing here yet" in text_of(browser("own"))


# the page


def test_it_shows_every_theme_and_no_overall_score(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, everything(framework, 3) | {"ADV.2": None})
    text = text_of(browser("own"))
    assert "All 33 themes" in text
    assert all(theme.short in text for theme in tree.themes)
    assert text.count("1½, probably 1 to 2") == 32
    assert text.count("no chance yet") == 1
    assert "There is no overall score, and nobody is ranked." in text
    assert "Your ladder, October 2026" in text


def test_strengths_and_ways_to_grow_stand_on_it(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, everything(framework, 2) | {"ORG.1": 6, "SFH.2": 3})
    page = browser("own").get(STANDING)
    assert [each.theme.code for each in page.context["strengths"]] == ["ORG.1"]
    assert page.context["next"].gap.standing.theme.code == "SFH.2"
    assert page.context["next"].gap.reason == "begun"
    assertContains(page, "Chosen because you have begun this step already.")
    assert len(page.context["ways"]) == 3


def test_who_stands_at_the_top_everywhere_has_nothing_left_to_climb(
    browser: Browser, cast: Cast, framework: Edition
) -> None:
    give(cast.own, framework, everything(framework, 6))
    text = text_of(browser("own"))
    assert "Nothing left to climb here. Help someone else up." in text
    assert "Take stock" in text
    assert reverse("growth:check-in") in text


def test_who_stands_on_the_first_rungs_reads_no_empty_praise(browser: Browser, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, everything(framework, 1))
    assert "No theme at level 2 yet." in text_of(browser("own"))


def test_the_reason_for_the_next_step_is_said(
    browser: Browser, cast: Cast, framework: Edition, profiles: dict[str, RoleProfile]
) -> None:
    give(cast.president, framework, everything(framework, 4))
    text = text_of(browser("president"))
    assert "Chosen because Local president asks for level 3 here, and you stand at 2." in text
    assert "The target is our suggestion." in text
    choose_focus(by=cast.president, profile=None, domain_code="COM")
    assert "Chosen because you want to grow in Communication." in text_of(browser("president"))


def test_the_next_step_can_be_added_once(browser: Browser, cast: Cast, framework: Edition, tree: EditionTree) -> None:
    give(cast.own, framework, {"ADV.1": 3})
    add = reverse("growth:add-goal", kwargs={"code": "ADV.1"})
    assert add in text_of(browser("own"))
    add_to_plan(tree.theme_by_code["ADV.1"], tree, target=2, reason="", by=cast.own)
    text = text_of(browser("own"))
    assert add not in text
    assert f'action="{reverse("growth:step", kwargs={"uid": Step.objects.first().uid})}"' in text  # type: ignore[union-attr]
    assert "From your plan, by" in text


# what has changed


def test_the_first_time_there_is_nothing_to_compare_with(browser: Browser, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, everything(framework, 3))
    text = text_of(browser("own"))
    assert "There is nothing to compare with yet." in text
    assert "Surely up" not in text


def test_a_change_within_chance_is_not_claimed(browser: Browser, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, everything(framework, 2), on=LAST_YEAR)
    give(cast.own, framework, everything(framework, 3))
    page = browser("own").get(STANDING)
    assertContains(page, "Nothing that is larger than chance.")
    assertNotContains(page, '<ul class="picks"></ul>')
    assertNotContains(page, "by more than chance.</p>")


def test_a_change_beyond_chance_is_claimed_for_its_domain_and_theme(
    browser: Browser, cast: Cast, framework: Edition
) -> None:
    give(cast.own, framework, everything(framework, 2), on=LAST_YEAR)
    now = everything(framework, 2)
    now |= {code: 4 for code in now if code.startswith("ORG")} | {"SFH.1": 6, "ADV.1": 2}
    give(cast.own, framework, now)
    page = browser("own").get(STANDING)
    assertContains(page, "Up, by more than chance.", count=2)
    assertContains(page, "<b>Organizing</b>")
    standing = page.context["standing"]
    assert [each.theme.code for each in standing.themes if each.change] == ["SFH.1"]


# its cost


def test_it_takes_fifteen_queries_at_most(
    browser: Browser,
    cast: Cast,
    framework: Edition,
    profiles: dict[str, RoleProfile],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for year in (LAST_YEAR, LAST_YEAR.replace(year=2026)):
        give(cast.president, framework, everything(framework, 3), on=year)
    client = browser("president")
    client.get(STANDING)
    with django_assert_max_num_queries(15):
        client.get(STANDING)


# one theme


def test_a_themes_page_says_how_the_level_was_reached(browser: Browser, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, {"ADV.1": 1}, on=LAST_YEAR)
    give(cast.own, framework, {"ADV.1": 3, "ADV.2": None})
    client = browser("own")
    text = text_of(client, theme_page("ADV.1"))
    assert "one answer, Oct. 20, 2026" in text
    assert "You also answered on Oct. 20, 2025." in text
    assert "Any difference is too small to claim." in text
    assert "nobody asked yet" in text
    assert text.count("You stand here") == 1
    assert "no chance yet" in text_of(client, theme_page("ADV.2"))
    assert "not answered" in text_of(client, theme_page("ADV.3"))


def test_a_themes_page_claims_what_may_be_claimed(browser: Browser, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, {"ADV.1": 0, "ADV.2": 6}, on=LAST_YEAR)
    give(cast.own, framework, {"ADV.1": 6, "ADV.2": 0})
    assert "You are up by more than chance." in text_of(browser("own"), theme_page("ADV.1"))
    assert "You are down by more than chance." in text_of(browser("own"), theme_page("ADV.2"))


def test_a_themes_page_offers_the_next_level_and_none_above_the_top(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, {"ADV.1": 3, "ADV.2": 6})
    client = browser("own")
    text = text_of(client, theme_page("ADV.1"))
    assert text.count("Your next step") == 1
    assert all(activity.text in text for activity in tree.theme_by_code["ADV.1"].cell(2).activities)
    top = text_of(client, theme_page("ADV.2"))
    assert "Your next step" not in top
    assert "Ways to get there" not in top


def test_a_themes_page_names_the_target_of_the_role(
    browser: Browser, cast: Cast, framework: Edition, profiles: dict[str, RoleProfile]
) -> None:
    text = text_of(browser("president"), theme_page("GOV.1"))
    assert "Local president asks for level 3." in text
    assert "asks for" not in text_of(browser("own"), theme_page("GOV.1"))


def test_a_theme_that_is_gone_is_not_found(browser: Browser, framework: Edition) -> None:
    client = browser("own")
    assert client.get(theme_page("COM.1")).status_code == 200
    next_edition(gone=["COM.1"])
    assert client.get(theme_page("COM.1")).status_code == 404


# the PDF


def test_the_pdf_is_a_file_to_keep_and_needs_a_standing(browser: Browser, cast: Cast, framework: Edition) -> None:
    client = browser("own")
    assertRedirects(client.get("/standing/pdf/"), STANDING)
    give(cast.own, framework, everything(framework, 3))
    answer = client.get("/standing/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="standing-20')
    assert "Own" not in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")


def test_without_a_framework_there_is_no_pdf(browser: Browser, framework: Edition) -> None:
    retire_edition(framework, by=None)
    assertRedirects(browser("own").get("/standing/pdf/"), STANDING)
