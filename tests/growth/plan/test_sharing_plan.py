"""What a plan shows to others: as far as its owner says, and never a word that is sealed."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from trellis.framework.tree import EditionTree
from trellis.growth.access import visible_plans
from trellis.growth.models import Goal, GoalStatus, Plan, PlanSharing
from trellis.growth.plan_actions import add_to_plan, remove_goal, set_goal_status, set_rhythm, share_plan, tell_why
from trellis.growth.plan_queries import SharedPlan, dated_steps, goals_of, next_check_in, shared_plans
from trellis.growth.step_actions import add_step, change_step, mark_step, remove_step

DAY = dt.date(2027, 1, 4)
SECRET = "because Xiomara"


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`, with a secret wherever there can be one."""
    goal = add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", own_reason=SECRET, by=cast.own)
    tell_why({"why": SECRET}, by=cast.own)
    first = goal.steps.all()[0]
    change_step(first, text="", due_on=DAY, with_whom=SECRET, notes=SECRET, by=cast.own)
    mark_step(first, done=True, by=cast.own)
    return goal


def shown(cast: Cast) -> SharedPlan | None:
    """Return what the plan of `own` shows."""
    return shared_plans(visible_plans(cast.own)).get(cast.own.pk)


def test_a_plan_shows_nothing_until_its_owner_says_so(goal: Goal, cast: Cast) -> None:
    assert Plan.objects.get().shared_with_mentors == PlanSharing.NOTHING
    assert shown(cast) is None


def test_goals_alone_say_how_far_one_is_and_not_with_what(goal: Goal, cast: Cast) -> None:
    share_plan(PlanSharing.GOALS, by=cast.own)
    plan = shown(cast)
    assert plan is not None
    (found,) = plan.goals
    assert (found.theme_name, found.target_level, found.done, found.whole) == (goal.theme_name, 2, 1, 3)
    assert found.steps == ()


def test_goals_and_steps_never_show_what_is_sealed(goal: Goal, cast: Cast) -> None:
    share_plan(PlanSharing.STEPS, by=cast.own)
    plan = shown(cast)
    assert plan is not None
    assert [step.text for step in plan.goals[0].steps] == [step.text for step in goal.steps.all()]
    assert SECRET not in str(dataclasses.asdict(plan))
    assert "sealed" not in str(dataclasses.asdict(plan))


def test_a_caller_who_was_told_something_else_says_how_far(goal: Goal, cast: Cast) -> None:
    plans = Plan.objects.filter(person=cast.own)
    assert shared_plans(plans, sharing=PlanSharing.NOTHING) == {}
    assert shared_plans(plans, sharing=PlanSharing.STEPS)[cast.own.pk].goals[0].steps != ()


def test_many_plans_cost_no_more_queries(
    cast: Cast, tree: EditionTree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("own", "colleague", "coached", "private"):
        for theme in tree.themes[:3]:
            add_to_plan(theme, tree, target=1, reason="", by=cast.persons[name])
        share_plan(PlanSharing.STEPS, by=cast.persons[name])
    with django_assert_num_queries(3):
        assert len(shared_plans(Plan.objects.all())) == 4


def test_what_was_taken_out_is_shown_to_nobody(goal: Goal, cast: Cast) -> None:
    share_plan(PlanSharing.STEPS, by=cast.own)
    remove_step(goal.steps.all()[1], by=cast.own)
    plan = shown(cast)
    assert plan is not None
    assert plan.goals[0].whole == 2
    remove_goal(goal, by=cast.own)
    plan = shown(cast)
    assert plan is not None
    assert plan.goals == ()


@pytest.mark.parametrize("name", ["president", "coach", "colleague", "steward", "state_staff"])
def test_a_role_alone_opens_no_plan(goal: Goal, cast: Cast, name: str) -> None:
    share_plan(PlanSharing.STEPS, by=cast.own)
    assert not visible_plans(cast.persons[name]).exists()


def test_there_are_three_ways_to_share_and_no_other(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        share_plan("everything", by=cast.own)
    assert not Plan.objects.exists()


def test_a_calendar_gets_open_steps_with_a_date(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    add_step(goal, text="Some day", due_on=None, by=cast.own)
    soon = add_step(goal, text="Soon", due_on=dt.date(2026, 1, 1), by=cast.own)
    paused = add_to_plan(tree.themes[0], tree, target=1, reason="", by=cast.own)
    set_goal_status(paused, GoalStatus.PAUSED, by=cast.own)
    found = list(dated_steps(cast.own))
    assert found[0] == soon
    assert [step.text for step in found[1:]] == [step.text for step in list(goal.steps.all())[1:3]]
    assert not dated_steps(cast.colleague).exists()


def test_the_day_of_the_next_check_in_is_known(cast: Cast) -> None:
    assert next_check_in(cast.own) is None
    set_rhythm(2, by=cast.own)
    assert next_check_in(cast.own) == Plan.objects.get().check_in_on
    set_rhythm(None, by=cast.own)
    assert next_check_in(cast.own) is None


def test_what_people_work_on_is_known_by_theme(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    add_to_plan(tree.themes[0], tree, target=1, reason="", by=cast.colleague)
    assert set(goals_of([cast.own])) == {goal}
    set_goal_status(goal, GoalStatus.REACHED, by=cast.own)
    assert not goals_of([cast.own]).exists()
