"""The plan's pages: one's own goals and steps, what comes next, and nothing of anyone else's."""

import datetime as dt
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import everything, give
from tests.cast import Cast
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.journal_actions import check_in
from trellis.growth.models import Goal, RoleProfile, Step
from trellis.growth.plan_actions import add_to_plan, tell_why
from trellis.growth.step_actions import add_step, mark_step, move_step

PLAN = "/plan/"
DAY = dt.timedelta(days=1)
Browser = Callable[[str], Client]


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`, with three steps."""
    return add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="For me", by=cast.own)


def step_of(goal: Goal, place: int = 0) -> Step:
    return goal.steps.all()[place]


def address(name: str, thing: Goal | Step) -> str:
    return reverse(f"growth:{name}", kwargs={"uid": thing.uid})


def following(client: Client) -> str:
    """Return the step that stands first on the page of the plan."""
    found = client.get(PLAN).context["next"]
    return found.step.text if found and found.step else ""


# showing


def test_an_empty_plan_says_where_to_begin(browser: Browser) -> None:
    page = browser("own").get(PLAN)
    assertContains(page, "No goal yet")
    for way in ("standing", "goal-new", "templates", "why"):
        assertContains(page, reverse(f"growth:{way}"))


def test_a_plan_shows_its_goals_with_steps_and_dates(browser: Browser, goal: Goal) -> None:
    text = unescape(browser("own").get(PLAN).content.decode())
    assert goal.theme_name in text
    assert "to level 2" in text
    assert "For me" in text
    assert all(step.text in text for step in goal.steps.all())
    assert "the date has passed" not in text


def test_nobody_else_sees_it(browser: Browser, goal: Goal) -> None:
    for name in ("president", "coach", "colleague"):
        assertContains(browser(name).get(PLAN), "No goal yet")


def test_the_earliest_open_step_comes_next_and_one_without_a_date_last(
    browser: Browser, cast: Cast, goal: Goal
) -> None:
    me, client = cast.own, browser("own")
    assert following(client) == step_of(goal).text
    soon = add_step(goal, text="Sooner", due_on=clock.today() + DAY, by=me)
    add_step(goal, text="Some day", due_on=None, by=me)
    assert following(client) == "Sooner"
    move_step(soon, due_on=None, by=me)
    assert following(client) == step_of(goal).text
    for step in goal.steps.exclude(text="Some day"):
        client.post(address("step", step), {"done": "1"})
    assert following(client) == "Some day"
    client.post(address("step", goal.steps.get(text="Some day")), {"done": "1"})
    assertContains(client.get(PLAN), "Every step is done.")


def test_home_names_the_same_next_step_as_the_plan(browser: Browser, cast: Cast, goal: Goal) -> None:
    """A date that is missing sorts first in one database and last in another, so the page must say which it means."""
    client = browser("own")
    add_step(goal, text="Some day", due_on=None, by=cast.own)
    add_step(goal, text="Sooner", due_on=clock.today() + DAY, by=cast.own)
    assertContains(client.get("/"), following(client))
    assert following(client) == "Sooner"


def test_a_step_whose_date_has_passed_says_so(browser: Browser, cast: Cast, goal: Goal) -> None:
    move_step(step_of(goal), due_on=clock.today() - DAY, by=cast.own)
    assertContains(browser("own").get(PLAN), "the date has passed", count=1)
    move_step(step_of(goal), due_on=clock.today(), by=cast.own)
    assertNotContains(browser("own").get(PLAN), "the date has passed")


def test_words_of_ones_own_are_never_markup(browser: Browser, cast: Cast, goal: Goal) -> None:
    add_step(goal, text='<b>Ask</b> "Mo" & Bo', due_on=None, by=cast.own)
    page = browser("own").get(PLAN)
    assertContains(page, "&lt;b&gt;Ask&lt;/b&gt;")
    assertNotContains(page, "<b>Ask</b>")


def test_a_plan_of_many_goals_costs_no_more_queries(
    browser: Browser, cast: Cast, tree: EditionTree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser("own")
    for theme in tree.themes[:12]:
        add_to_plan(theme, tree, target=1, reason="", by=cast.own)
    with django_assert_max_num_queries(13):
        page = client.get(PLAN)
    assert len(page.content) < 60 * 1024


def test_a_plan_in_which_all_is_done_takes_fifteen_queries_at_most(
    browser: Browser,
    cast: Cast,
    tree: EditionTree,
    profiles: dict[str, RoleProfile],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client, edition = browser("president"), profiles["local-president"].edition
    give(cast.president, edition, everything(edition, 2))
    for theme in tree.themes[:3]:
        goal = add_to_plan(theme, tree, target=2, reason="", own_reason="Because", by=cast.president)
        for step in goal.steps.all():
            mark_step(step, done=True, by=cast.president)
    tell_why({"why": "For them"}, by=cast.president)
    check_in({"next": "More"}, {}, by=cast.president)
    with django_assert_max_num_queries(15):
        page = client.get(PLAN)
    assert page.context["next"].gap is not None


# adding and taking out


def test_a_theme_is_added_at_its_next_level(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, {"ORG.1": 3, "ORG.2": 6})
    client = browser("own")
    for code in ("ORG.1", "ORG.2", "ORG.3"):
        assertRedirects(client.post(reverse("growth:add-goal", kwargs={"code": code})), PLAN)
    assert dict(Goal.objects.values_list("theme_code", "target_level")) == {"ORG.1": 2, "ORG.2": 3, "ORG.3": 1}


@pytest.mark.parametrize(
    ("asked", "target"), [("3", 3), ("1", 1), ("0", 1), ("4", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 5000, 1)]
)
def test_a_level_may_be_asked_for_and_any_other_is_the_next(
    browser: Browser, cast: Cast, asked: str, target: int
) -> None:
    browser("own").post(reverse("growth:add-goal", kwargs={"code": "ORG.1"}), {"level": asked})
    assert Goal.objects.get().target_level == target


def test_adding_twice_is_one_goal(browser: Browser, cast: Cast) -> None:
    client = browser("own")
    for _ in range(2):
        client.post(reverse("growth:add-goal", kwargs={"code": "ORG.1"}))
    assert (Goal.objects.count(), Step.objects.count()) == (1, 3)


def test_a_goal_says_for_which_role_it_is(browser: Browser, cast: Cast, profiles: dict[str, RoleProfile]) -> None:
    for name in ("president", "own"):
        browser(name).post(reverse("growth:add-goal", kwargs={"code": "ORG.1"}))
    reasons = dict(Goal.objects.values_list("plan__person__email", "reason"))
    assert reasons == {"president@example.org": "Towards: Local president", "own@example.org": ""}


def test_a_theme_that_is_not_there_cannot_be_added(browser: Browser, framework: Edition) -> None:
    assert browser("own").post("/plan/add/XXX.1/").status_code == 404
    assert not Goal.objects.exists()


def test_a_goal_is_taken_out_and_brought_back(browser: Browser, goal: Goal) -> None:
    client = browser("own")
    page = client.post(address("remove-goal", goal), follow=True)
    assertContains(page, f"Taken out: {goal.theme_name}.")
    assert not Goal.objects.exists()
    assertContains(page, address("restore-goal", goal))
    assertRedirects(client.post(address("restore-goal", goal)), PLAN)
    assert goal.steps.count() == 3


def test_a_goal_that_was_added_anew_is_not_brought_back_beside_it(
    browser: Browser, goal: Goal, cast: Cast, tree: EditionTree
) -> None:
    client = browser("own")
    client.post(address("remove-goal", goal))
    add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", by=cast.own)
    page = client.post(address("restore-goal", goal), follow=True)
    assertContains(page, "This goal is in your plan again already.")
    assert Goal.objects.count() == 1


@pytest.mark.parametrize("out", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_address_that_names_nothing_taken_out_is_no_harm(browser: Browser, goal: Goal, out: str) -> None:
    assertNotContains(browser("own").get(PLAN, {"out": out}), "Taken out")
    other = browser("colleague")
    browser("own").post(address("remove-goal", goal))
    assertNotContains(other.get(PLAN, {"out": str(goal.uid)}), "Taken out")


# steps


def test_a_step_is_ticked_and_unticked(browser: Browser, goal: Goal) -> None:
    client, step = browser("own"), step_of(goal)
    assertRedirects(client.post(address("step", step), {"done": "1"}), PLAN)
    there = f"{PLAN}#goal-{goal.uid}"
    assert client.post(address("step", step), {"done": "1", "at": "list"})["Location"] == there
    assert step_of(goal).done_at is not None
    assertContains(client.get(PLAN), "Not done after all")
    client.post(address("step", step), {"done": "0"})
    assert step_of(goal).done_at is None


def test_a_step_is_moved_or_loses_its_date(browser: Browser, goal: Goal) -> None:
    client, step = browser("own"), step_of(goal)
    client.post(address("step", step), {"due_on": "2027-03-04"})
    assert step_of(goal).due_on == dt.date(2027, 3, 4)
    client.post(address("step", step), {"due_on": ""})
    assert step_of(goal).due_on is None


@pytest.mark.parametrize("date", ["soon", "2027-13-01", "2027-02-30"])
def test_what_is_no_date_is_said_and_not_kept(browser: Browser, goal: Goal, date: str) -> None:
    before = step_of(goal).due_on
    page = browser("own").post(address("step", step_of(goal)), {"due_on": date}, follow=True)
    assertContains(page, "That is not a date.")
    assert step_of(goal).due_on == before


def test_a_step_of_ones_own_is_added(browser: Browser, goal: Goal) -> None:
    page = browser("own").post(address("add-step", goal), {"text": "Ask Mo", "due_on": "2027-01-02"}, follow=True)
    assert page.redirect_chain == [(f"{address('goal', goal)}#steps", 302)]
    assertContains(page, "Ask Mo")
    assert goal.steps.get(text="Ask Mo").due_on == dt.date(2027, 1, 2)


@pytest.mark.parametrize("sent", [{}, {"text": "  "}, {"text": "x" * 301}, {"text": "Ask Mo", "due_on": "soon"}])
def test_a_step_that_cannot_be_kept_is_refused_in_words(browser: Browser, goal: Goal, sent: dict[str, str]) -> None:
    page = browser("own").post(address("add-step", goal), sent, follow=True)
    assertContains(page, 'class="notice error"')
    assert goal.steps.count() == 3


# whose


@pytest.mark.parametrize("viewer", ["president", "coach", "colleague", "steward"])
def test_somebody_elses_goals_and_steps_are_not_there(browser: Browser, goal: Goal, viewer: str) -> None:
    client, before = browser(viewer), AuditEntry.objects.count()
    assert client.post(address("remove-goal", goal)).status_code == 404
    assert client.post(address("goal-status", goal), {"status": "reached"}).status_code == 404
    assert client.get(address("goal", goal)).status_code == 404
    assert client.get(address("step-edit", step_of(goal))).status_code == 404
    assert client.post(address("add-step", goal), {"text": "Boo"}).status_code == 404
    assert client.post(address("step", step_of(goal)), {"done": "1"}).status_code == 404
    assert client.post(address("step", step_of(goal)), {"due_on": "2027-01-01"}).status_code == 404
    assert AuditEntry.objects.count() == before
    assert goal.steps.filter(done_at=None).count() == 3


def test_what_changes_a_plan_is_a_deed_and_not_a_look(browser: Browser, goal: Goal) -> None:
    client = browser("own")
    step = step_of(goal)
    for name, thing in (
        ("remove-goal", goal), ("restore-goal", goal), ("goal-status", goal), ("add-step", goal),
        ("step", step), ("shift-step", step), ("remove-step", step), ("restore-step", step),
    ):  # fmt: skip
        assert client.get(address(name, thing)).status_code == 405
    assert client.get(reverse("growth:add-goal", kwargs={"code": "ORG.1"})).status_code == 405


def test_a_visitor_is_sent_to_sign_in(client: Client, goal: Goal) -> None:
    for path in (address("remove-goal", goal), address("step", step_of(goal))):
        assertRedirects(client.post(path), f"{reverse('account_login')}?next={path}", fetch_redirect_response=False)
    assert Goal.objects.exists()
