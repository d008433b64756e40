"""Files that others share: who finds them, what they show, and that each look is written down."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import everything, give
from tests.cast import Cast
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.plan_actions import add_to_plan
from trellis.people.actions import change_sharing, end_term
from trellis.people.models import Membership, Person, Sharing, Term

SHARED = "/shared/"
Browser = Callable[[str], Client]


def file_of(cast: Cast, name: str) -> str:
    return reverse("growth:shared-file", kwargs={"uid": cast.persons[name].uid})


def listed(client: Client) -> list[str]:
    return [person.given_name for person in client.get(SHARED).context["people"]]


def looks() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(action="people.look").order_by("pk").values_list("actor", "target"))


# the list


def test_each_finds_those_who_share_with_them(browser: Browser) -> None:
    assert listed(browser("coach")) == ["Coached"]
    assert listed(browser("president")) == ["Own"]
    assert listed(browser("sibling_president")) == ["Neighbour"]
    for viewer in ("own", "coached", "former_president", "state_staff", "steward", "treasurer"):
        assert listed(browser(viewer)) == []


def test_ones_own_file_is_not_among_them(browser: Browser, cast: Cast) -> None:
    change_sharing(cast.president, Sharing.LEADERS, by=None)
    assert listed(browser("president")) == ["Own"]
    assert browser("president").get(file_of(cast, "president")).status_code == 404


def test_nobody_yet_is_said_so(browser: Browser) -> None:
    assertContains(browser("own").get(SHARED), "When someone shares their file with you, it shows here.")


def test_a_long_list_has_pages(
    browser: Browser, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    people = Person.objects.bulk_create(
        Person(email=f"p{place}@example.org", given_name=f"N{place:03}", family_name="Person", sharing=Sharing.COACH)
        for place in range(70)
    )
    Membership.objects.bulk_create(
        Membership(person=person, unit=cast.unit("Lincoln"), since=clock.today()) for person in people
    )
    client = browser("coach")
    with django_assert_max_num_queries(10):
        page = client.get(SHARED)
    assert len(page.context["people"]) == 60
    assertContains(page, "?page=2")
    rest = client.get(f"{SHARED}?page=2")
    assert len(rest.context["people"]) == 11
    assertContains(rest, "?page=1")
    assertNotContains(rest, "?page=3")
    assert client.get(f"{SHARED}?page=nonsense").status_code == 200


# a file


def test_a_file_shows_the_standing_and_not_the_plan(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.coached, framework, everything(framework, 3))
    add_to_plan(tree.themes[0], tree, target=2, reason="A secret reason", by=cast.coached)
    page = browser("coach").get(file_of(cast, "coached"))
    assertContains(page, "Coached Cast")
    assertContains(page, "Paraeducator")
    for theme in tree.themes:
        assertContains(page, theme.short.replace("&", "&amp;").replace("'", "&#x27;"))
    assertNotContains(page, "A secret reason")
    assertNotContains(page, reverse("growth:theme", kwargs={"code": "ADV.1"}))
    assertNotContains(page, "/plan/add/")


def test_a_file_without_answers_says_so(browser: Browser, cast: Cast, framework: Edition) -> None:
    assertContains(browser("coach").get(file_of(cast, "coached")), "No answers yet")
    give(cast.coached, framework, everything(framework, 3), finished=False)
    assertContains(browser("coach").get(file_of(cast, "coached")), "No answers yet")


def test_each_look_is_written_down(browser: Browser, cast: Cast) -> None:
    coach, president = browser("coach"), browser("president")
    for client, name in ((coach, "coached"), (coach, "coached"), (president, "own")):
        assert client.get(file_of(cast, name)).status_code == 200
    coached, own = f"person:{cast.coached.uid}", f"person:{cast.own.uid}"
    assert looks() == [
        (str(cast.coach.uid), coached),
        (str(cast.coach.uid), coached),
        (str(cast.president.uid), own),
    ]


def test_looking_at_the_list_or_at_ones_own_standing_is_no_look_at_a_file(browser: Browser, framework: Edition) -> None:
    client = browser("coach")
    client.get(SHARED)
    client.get("/standing/")
    assert looks() == []


@pytest.mark.parametrize(
    ("viewer", "name"),
    [
        ("coach", "own"),
        ("coach", "private"),
        ("coach", "gone"),
        ("coach", "neighbour"),
        ("president", "coached"),
        ("president", "suspended"),
        ("sibling_president", "own"),
        ("former_president", "own"),
        ("state_staff", "own"),
        ("steward", "own"),
        ("representative", "own"),
        ("colleague", "own"),
    ],
)
def test_a_file_that_is_not_shared_is_not_there_and_leaves_no_row(
    browser: Browser, cast: Cast, viewer: str, name: str
) -> None:
    assert browser(viewer).get(file_of(cast, name)).status_code == 404
    assert looks() == []


def test_who_stops_sharing_closes_the_file_at_once(browser: Browser, cast: Cast) -> None:
    client = browser("coach")
    assert client.get(file_of(cast, "coached")).status_code == 200
    change_sharing(cast.coached, Sharing.ME, by=cast.coached)
    assert client.get(file_of(cast, "coached")).status_code == 404
    assert len(looks()) == 1


def test_a_term_that_has_ended_closes_every_file(browser: Browser, cast: Cast) -> None:
    client, term = browser("president"), Term.objects.get(person=cast.persons["president"])
    end_term(term, by=None)
    assert client.get(file_of(cast, "own")).status_code == 200, "its last day still belongs to it"
    Term.objects.filter(pk=term.pk).update(ends=clock.today() - dt.timedelta(days=1))
    assert client.get(file_of(cast, "own")).status_code == 404


def test_outside_of_the_demo_files_open_only_behind_a_second_factor(
    browser: Browser, cast: Cast, settings: Settings
) -> None:
    settings.TRELLIS_DEMO = False
    for path in (SHARED, file_of(cast, "coached")):
        assertRedirects(browser("coach").get(path), reverse("mfa_index"), fetch_redirect_response=False)
    assert looks() == []


def test_without_a_framework_there_is_nothing_to_look_at(browser: Browser, cast: Cast, framework: Edition) -> None:
    retire_edition(framework, by=None)
    assert browser("coach").get(file_of(cast, "coached")).status_code == 404
    assert looks() == []


def test_a_file_takes_fifteen_queries_at_most(
    browser: Browser, cast: Cast, framework: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    give(cast.coached, framework, everything(framework, 3))
    client = browser("coach")
    client.get(file_of(cast, "coached"))
    with django_assert_max_num_queries(17):  # two of them open and close the savepoint of the look's row
        client.get(file_of(cast, "coached"))
