"""The team page: for who leads today, from those who share, and nothing of it while they are too few."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import everything, give, next_edition
from tests.cast import Cast
from trellis.core import clock
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.people.actions import change_sharing
from trellis.people.models import Membership, Person, Role, Sharing, Term

Browser = Callable[[str], Client]
TEAMS = "/team/"


@pytest.fixture
def team(cast: Cast, framework: Edition) -> list[Person]:
    """Twelve who have moved to Lincoln and answered; the first five share with leaders, the sixth with a coach."""
    sharing = [Sharing.LEADERS] * 5 + [Sharing.COACH] + [Sharing.ME] * 6
    people = Person.objects.bulk_create(
        Person(email=f"p{place}@example.org", given_name=f"Given{place}", family_name="Person", sharing=shares)
        for place, shares in enumerate(sharing)
    )
    Membership.objects.bulk_create(
        Membership(person=person, unit=cast.unit("Lincoln"), since=clock.today()) for person in people
    )
    for person in people:
        give(person, framework, everything(framework, 2) | {"SFH.1": None})
    return list(people)


def address(cast: Cast, unit: str) -> str:
    return reverse("growth:team", kwargs={"uid": cast.unit(unit).uid})


def words(page: object) -> str:
    """Return the text of a page, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))  # type: ignore[attr-defined]


def improve(person: Person, edition: Edition, **levels: int) -> None:
    """Let a person answer some themes again: half-steps by theme code, with `_` for the point."""
    give(person, edition, {code.replace("_", "."): half for code, half in levels.items()})


# what it shows


def test_it_counts_people_at_each_level_of_each_theme(
    browser: Browser, cast: Cast, framework: Edition, team: list[Person]
) -> None:
    improve(team[0], framework, ADV_1=6, ADV_2=4)
    improve(team[1], framework, ADV_1=4)
    page = browser("president").get(address(cast, "Riverside"))
    text = words(page)
    # Of the cast, only `own` shares with leaders too, and has not answered.
    assert "6 of 21 share with you" in text
    assert "5 have answered" in text
    rows = {row.theme.code: row for part in page.context["domains"] for row in part.themes}
    assert len(rows) == 33
    assert (rows["ADV.1"].known, rows["ADV.1"].at) == (5, (5, 2, 1))
    assert (rows["ADV.2"].at, rows["ADV.2"].only) == ((5, 1, 0), "Given0 Person")
    assert (rows["ADV.3"].at, rows["ADV.3"].is_missing) == ((5, 0, 0), True)
    assert (rows["SFH.1"].known, rows["SFH.1"].is_missing) == (0, False)
    assert "Themes on firm ground 1" in text
    assert "Lean on one person 1" in text
    assert "Nobody yet 30" in text


def test_only_people_who_share_are_named(browser: Browser, cast: Cast, framework: Edition, team: list[Person]) -> None:
    for number, person in enumerate(team, 1):
        improve(person, framework, **{f"SEI_{number % 5 + 1}": 6})
    text = words(browser("president").get(address(cast, "Riverside")))
    named = {person.given_name for person in team if re.search(rf"\b{person.given_name}\b", text)}
    assert named == {person.given_name for person in team[:5]}


def test_what_the_others_have_answered_leaves_no_trace(
    browser: Browser, cast: Cast, framework: Edition, team: list[Person]
) -> None:
    client = browser("president")
    before = words(client.get(address(cast, "Riverside")))
    for person in team[5:]:
        improve(person, framework, ADV_1=6, COM_1=6)
    assert words(client.get(address(cast, "Riverside"))) == before


def test_who_stops_sharing_is_gone_at_once(
    browser: Browser, cast: Cast, framework: Edition, team: list[Person], settings: Settings
) -> None:
    settings.TRELLIS_TEAM_MINIMUM = 4
    improve(team[0], framework, ADV_1=6)
    client = browser("president")
    assertContains(client.get(address(cast, "Riverside")), "Given0 Person")
    change_sharing(team[0], Sharing.COACH, by=team[0])
    page = client.get(address(cast, "Riverside"))
    assertNotContains(page, "Given0")
    assert "4 have answered" in words(page)


# the threshold


def test_below_the_threshold_nothing_of_anyone_is_shown(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree, team: list[Person]
) -> None:
    improve(team[0], framework, ADV_1=6)
    change_sharing(team[4], Sharing.ME, by=team[4])
    page = browser("president").get(address(cast, "Riverside"))
    assertContains(page, "Too few to show")
    assertContains(page, "at least 5 people")
    text = words(page)
    assert "Given0" not in text
    assert not any(theme.short in text for theme in tree.themes)
    assert "domains" not in page.context
    assert "have answered" not in text.replace("people of this team have answered and share", "")


def test_who_shares_and_has_not_answered_does_not_lift_a_team_over_the_threshold(
    browser: Browser, cast: Cast, framework: Edition, team: list[Person]
) -> None:
    newcomer = Person.objects.get(pk=team[6].pk)
    newcomer.responses_about.all().delete()
    change_sharing(team[4], Sharing.ME, by=None)
    change_sharing(newcomer, Sharing.LEADERS, by=None)
    assertContains(browser("president").get(address(cast, "Riverside")), "Too few to show")


def test_who_had_no_chance_in_any_theme_does_not_either(
    browser: Browser, cast: Cast, framework: Edition, team: list[Person]
) -> None:
    give(team[4], framework, dict.fromkeys(everything(framework, 0)))
    assertContains(browser("president").get(address(cast, "Riverside")), "Too few to show")


def test_the_threshold_stands_in_the_settings(
    browser: Browser, cast: Cast, team: list[Person], settings: Settings
) -> None:
    client = browser("president")
    for minimum, hidden in ((5, False), (6, True), (1, False)):
        settings.TRELLIS_TEAM_MINIMUM = minimum
        assert client.get(address(cast, "Riverside")).context["hidden"] is hidden


def test_a_small_worksite_is_hidden_though_its_local_is_shown(browser: Browser, cast: Cast, team: list[Person]) -> None:
    Membership.objects.filter(person__in=team[3:]).update(unit=cast.unit("Harbor"))
    client = browser("president")
    assert [client.get(address(cast, unit)).context["hidden"] for unit in ("Riverside", "Lincoln", "Harbor")] == [
        False,
        True,
        True,
    ]


def test_without_a_framework_nothing_is_shown(
    browser: Browser, cast: Cast, framework: Edition, team: list[Person]
) -> None:
    retire_edition(framework, by=None)
    assertContains(browser("president").get(address(cast, "Riverside")), "Too few to show")


# for whom


@pytest.mark.parametrize(
    "viewer",
    ["former_president", "sibling_president", "other_state_president", "coach", "treasurer", "state_staff", "own"],
)
def test_for_everyone_else_there_is_no_such_page(browser: Browser, cast: Cast, team: list[Person], viewer: str) -> None:
    client = browser(viewer)
    for unit in ("Riverside", "Lincoln"):
        assert client.get(address(cast, unit)).status_code == 404


def test_a_president_sees_no_page_above_their_local(browser: Browser, cast: Cast, team: list[Person]) -> None:
    client = browser("president")
    for unit in ("Common Ground", "Alder", "Millbrook", "Harrow"):
        assert client.get(address(cast, unit)).status_code == 404


def test_a_visitor_is_sent_to_sign_in(client: Client, cast: Cast) -> None:
    path = address(cast, "Riverside")
    assertRedirects(client.get(path), f"{reverse('account_login')}?next={path}", fetch_redirect_response=False)


def test_outside_of_the_demo_it_asks_for_a_second_factor(
    browser: Browser, cast: Cast, team: list[Person], settings: Settings
) -> None:
    settings.TRELLIS_DEMO = False
    client = browser("president")
    for path in (TEAMS, address(cast, "Riverside")):
        assertRedirects(client.get(path), reverse("mfa_index"), fetch_redirect_response=False)


# the way to it


def test_who_leads_one_unit_is_led_to_it(browser: Browser, cast: Cast) -> None:
    Term.objects.filter(person=cast.persons["president"]).update(unit=cast.unit("Lincoln"))
    assertRedirects(browser("president").get(TEAMS), address(cast, "Lincoln"))


def test_who_leads_a_local_may_choose_among_its_parts(browser: Browser, cast: Cast) -> None:
    page = browser("president").get(TEAMS)
    for unit in ("Riverside", "Lincoln", "Harbor", "Riverside board"):
        assertContains(page, address(cast, unit))
    assertNotContains(page, address(cast, "Millbrook"))


def test_who_leads_nobody_is_led_nowhere(browser: Browser, cast: Cast) -> None:
    for viewer in ("own", "former_president", "coach", "treasurer"):
        assert browser(viewer).get(TEAMS).status_code == 404
    Term.objects.create(
        person=cast.persons["own"],
        role=Role.objects.get(code="local-president"),
        unit=cast.unit("Alder"),
        starts=clock.today(),
    )
    assert browser("own").get(TEAMS).status_code == 404, "a state's office opens no files"


# speed


def test_it_takes_fifteen_queries_at_most_however_many_share(
    browser: Browser, cast: Cast, team: list[Person], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser("president")
    client.get(address(cast, "Riverside"))
    Person.objects.filter(pk__in=[person.pk for person in team]).update(sharing=Sharing.LEADERS)
    with django_assert_max_num_queries(15):
        page = client.get(address(cast, "Riverside"))
    assert page.context["answered"] == 12


def test_not_more_after_a_new_edition_either(
    browser: Browser, cast: Cast, team: list[Person], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    next_edition(reworded=["ADV.1"])
    client = browser("president")
    client.get(address(cast, "Riverside"))
    with django_assert_max_num_queries(15):
        page = client.get(address(cast, "Riverside"))
    assert page.context["answered"] == 5
