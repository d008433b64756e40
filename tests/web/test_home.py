"""The home page: for a visitor the idea, for a person the next thing to do, wherever on their way they are."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from tests.assessment.answers import everything, give
from tests.cast import Cast
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.models import Goal
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.step_actions import mark_step
from trellis.people.demo.cast import CAST
from trellis.people.models import Person

Home = Callable[[str], str]


@pytest.fixture
def home(cast: Cast) -> Home:
    """Return the home page of one of the cast."""

    def of(name: str) -> str:
        client = Client()
        client.force_login(cast.persons[name])
        return unescape(client.get("/").content.decode())

    return of


def link(name: str, **kwargs: object) -> str:
    return f'href="{reverse(name, kwargs=kwargs)}"'


# visitors


def test_a_visitor_reads_what_it_is_and_how_to_begin(client: Client, framework: Edition) -> None:
    text = unescape(client.get("/").content.decode())
    assert "Know where you stand. Know what to do next." in text
    assert link("account_login") in text
    assert link("framework:index") in text
    assert "Look around as one of six people" not in text, "before the association is loaded"


def test_a_visitor_of_the_demo_may_take_one_of_six_parts(client: Client, db: None, settings: Settings) -> None:
    Person.objects.bulk_create(Person(email=one.email, given_name=one.given_name) for one in CAST)
    text = unescape(client.get("/").content.decode())
    for one in CAST:
        assert f'action="{reverse("people:demo", kwargs={"key": one.key})}"' in text
        assert one.name in text
    assert text.count("csrfmiddlewaretoken") == 6
    settings.TRELLIS_DEMO = False
    assert "Look around as one of six people" not in client.get("/").content.decode()


# persons


def test_a_newcomer_finds_the_self_assessment(home: Home, framework: Edition) -> None:
    text = home("own")
    assert "Hello, Own" in text
    assert "Find out where you stand" in text
    assert link("assessment:start") in text
    assert "Grow next" not in text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "You have answered 0 themes."),
        ({"ADV.1": 2}, "You have answered 1 theme. It is saved."),
        ({"ADV.1": 2, "ADV.2": None}, "You have answered 2 themes. It is all saved."),
    ],
)
def test_someone_on_their_way_finds_where_they_stopped(
    home: Home, cast: Cast, framework: Edition, answers: dict[str, int | None], words: str
) -> None:
    going = give(cast.own, framework, answers, finished=False)
    text = home("own")
    assert "Go on with your self-assessment" in text
    assert words in text
    assert link("assessment:overview", uid=going.uid) in text


def test_someone_done_finds_one_thing_to_grow_in(home: Home, cast: Cast, framework: Edition, tree: EditionTree) -> None:
    give(cast.own, framework, everything(framework, 4) | {"SFH.2": 1})
    text = home("own")
    theme = tree.theme_by_code["SFH.2"]
    assert f"Grow next: {theme.short}" in text
    assert theme.cell(1).activities[0].text in text
    assert "Find out where you stand" not in text


def test_someone_with_a_plan_finds_the_next_step_of_it(
    home: Home, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, everything(framework, 4))
    goal = add_to_plan(tree.themes[0], tree, target=3, reason="", by=cast.own)
    first, second, _ = goal.steps.all()
    assert first.text in home("own")
    mark_step(first, done=True, by=cast.own)
    text = home("own")
    assert second.text in text
    assert "Your next step" in text
    assert link("growth:plan") in text
    assert "Grow next" not in text


def test_someone_who_takes_it_again_finds_both(home: Home, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, everything(framework, 4))
    give(cast.own, framework, {}, finished=False)
    text = home("own")
    assert "Go on with your self-assessment" in text
    assert "Grow next" in text


def test_someone_who_has_climbed_it_all_is_asked_to_take_stock(home: Home, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, everything(framework, 6))
    text = home("own")
    assert "Take stock" in text
    assert link("growth:check-in") in text
    assert "Nothing waits for you" not in text


def test_each_office_finds_its_own_task_and_nobody_elses(home: Home, framework: Edition) -> None:
    team, keeping = "What your team can do together", "Keep the framework"
    found = {name: (team in home(name), keeping in home(name)) for name in ("own", "president", "steward", "coach")}
    assert found == {
        "own": (False, False),
        "president": (True, False),
        "steward": (False, True),
        "coach": (False, False),
    }
    assert team not in home("former_president")


def test_nothing_of_anyone_else_stands_on_it(home: Home, cast: Cast, framework: Edition, tree: EditionTree) -> None:
    give(cast.own, framework, everything(framework, 4))
    goal = add_to_plan(tree.themes[0], tree, target=3, reason="", by=cast.own)
    for viewer in ("president", "coach", "colleague"):
        text = home(viewer)
        assert goal.steps.all()[0].text not in text
        assert "Own Cast" not in text


def test_somebody_without_a_name_is_greeted_by_the_first_part_of_their_address(client: Client, db: None) -> None:
    client.force_login(Person.objects.create_user("ana.reyes@example.org"))
    assert "Hello, ana.reyes" in client.get("/").content.decode()


def test_it_takes_fifteen_queries_at_most(
    cast: Cast,
    framework: Edition,
    tree: EditionTree,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    give(cast.president, framework, everything(framework, 4))
    client.force_login(cast.persons["president"])
    client.get("/")
    with django_assert_max_num_queries(15):
        client.get("/")
    for theme in tree.themes[:10]:
        add_to_plan(theme, tree, target=3, reason="", by=cast.president)
    assert Goal.objects.count() == 10
    with django_assert_max_num_queries(15):
        client.get("/")
