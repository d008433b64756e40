"""Steps of every kind: added, changed, put in order, taken out, brought back; and what the database holds of them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.growth.plan.sessions import offering, session
from trellis.core import clock
from trellis.core.registry import Tool
from trellis.framework.tree import EditionTree
from trellis.growth.models import Goal, Step, StepKind
from trellis.growth.own_words import own_words
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.step_actions import (
    add_activity,
    add_session,
    add_step,
    add_tool,
    change_step,
    mark_step,
    remove_step,
    restore_step,
    shift_step,
)

DAY = dt.date(2027, 1, 4)
POWER_MAP = Tool("power-map", "Power map", "growth:plan", cells=("ORG.1.L2",))


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`, with three activities."""
    return add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", by=cast.own)


def texts(goal: Goal) -> list[str]:
    """Return the steps of a goal in order."""
    return [step.text for step in goal.steps.all()]


def test_an_activity_is_there_once(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    activity = tree.theme_by_code["ORG.1"].cell(1).activities[0]
    first = add_activity(goal, activity, due_on=DAY, by=cast.own)
    assert (first.kind, first.activity_uid, first.text, first.due_on) == (
        StepKind.ACTIVITY,
        activity.uid,
        activity.text,
        DAY,
    )
    assert add_activity(goal, activity, due_on=None, by=cast.own) == first
    assert goal.steps.count() == 4


def test_a_session_brings_its_day_where_it_takes_place(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    found = offering(cast, theme, theme.cell(2))
    evening = session(found, days=20)
    step = add_session(goal, found, session=evening, due_on=None, by=cast.own)
    assert (step.kind, step.offering, step.session, step.text) == (StepKind.SESSION, found, evening, found.title)
    # One at night in UTC is the evening before in Denver.
    assert step.due_on == evening.starts_at.date() - dt.timedelta(days=1)


def test_a_date_is_chosen_later_for_what_is_there_already(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    found = offering(cast, theme, theme.cell(2))
    step = add_session(goal, found, session=None, due_on=DAY, by=cast.own)
    assert (step.session, step.due_on) == (None, DAY)
    evening = session(found)
    assert add_session(goal, found, session=evening, due_on=None, by=cast.own) == step
    step.refresh_from_db()
    assert step.session == evening
    other = offering(cast, theme, theme.cell(1), title="Another")
    with pytest.raises(ValidationError, match="belongs to something else"):
        add_session(goal, other, session=evening, due_on=None, by=cast.own)


def test_a_session_that_vanishes_leaves_its_title(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    found = offering(cast, theme, theme.cell(2))
    evening = session(found)
    step = add_session(goal, found, session=evening, due_on=None, by=cast.own)
    evening.delete()
    found.delete()
    step.refresh_from_db()
    assert (step.offering, step.session, step.text, step.kind) == (None, None, "Listening first", StepKind.SESSION)


def test_a_tool_may_be_used_twice(goal: Goal, cast: Cast) -> None:
    steps = [add_tool(goal, POWER_MAP, due_on=None, by=cast.own) for _ in range(2)]
    assert [(step.kind, step.tool_key, step.text) for step in steps] == [(StepKind.TOOL, "power-map", "Power map")] * 2


def test_only_the_words_of_ones_own_step_change(goal: Goal, cast: Cast) -> None:
    own = add_step(goal, text="Ask Mo", due_on=None, by=cast.own)
    given = goal.steps.all()[0]
    for step in (own, given):
        change_step(step, text="Ask Bo", due_on=DAY, with_whom="Bo", notes="Bring cake", by=cast.own)
    assert texts(goal)[-1] == "Ask Bo"
    assert texts(goal)[0] == given.text != "Ask Bo"
    assert own_words(cast.own).read(Step.objects.get(pk=own.pk).sealed) == {"with_whom": "Bo", "notes": "Bring cake"}


def test_steps_change_places_and_the_ends_stay_ends(goal: Goal, cast: Cast) -> None:
    a, b, c = texts(goal)
    shift_step(goal.steps.all()[0], up=False, by=cast.own)
    assert texts(goal) == [b, a, c]
    shift_step(goal.steps.all()[2], up=True, by=cast.own)
    assert texts(goal) == [b, c, a]
    shift_step(goal.steps.all()[0], up=True, by=cast.own)
    shift_step(goal.steps.all()[2], up=False, by=cast.own)
    assert texts(goal) == [b, c, a]


def test_a_step_is_taken_out_and_comes_back_to_its_place(goal: Goal, cast: Cast) -> None:
    before = texts(goal)
    step = goal.steps.all()[1]
    remove_step(step, by=cast.own)
    assert texts(goal) == [before[0], before[2]]
    restore_step(Step.every.get(pk=step.pk), by=cast.own)
    assert texts(goal) == before


def test_what_was_added_anew_is_not_brought_back_beside_it(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    step = goal.steps.all()[0]
    remove_step(step, by=cast.own)
    add_activity(goal, tree.theme_by_code["ORG.1"].cell(2).activities[0], due_on=None, by=cast.own)
    with pytest.raises(ValidationError, match="again already"):
        restore_step(Step.every.get(pk=step.pk), by=cast.own)
    assert goal.steps.count() == 3


def test_every_change_moves_the_time_that_calendars_ask_for(
    goal: Goal, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    mark_step(goal.steps.all()[0], done=True, by=cast.own)
    assert goal.steps.all()[0].changed_at == later
    assert goal.steps.all()[1].changed_at != later


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "activity"},
        {"kind": "tool"},
        {"kind": "own", "tool_key": "power-map"},
        {"kind": "activity", "tool_key": "power-map"},
        {"kind": "session", "tool_key": "power-map"},
        {"kind": "party"},
    ],
)
def test_the_database_holds_a_step_to_its_kind(goal: Goal, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(goal=goal, text="Something", **wrong)
