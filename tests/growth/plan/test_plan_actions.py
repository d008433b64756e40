"""Plans: each deed is complete, leaves one audit row of codes, and harms nothing when repeated."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.cast import Cast
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.framework.tree import EditionTree
from trellis.growth.models import Goal, Plan, ProfileTarget, RoleProfile, Step
from trellis.growth.plan_actions import add_to_plan, remove_goal
from trellis.growth.step_actions import add_step, mark_step, move_step

MORNING = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
Profiles = dict[str, RoleProfile]


@pytest.fixture(autouse=True)
def held_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of November."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`."""
    return add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="Because.", by=cast.own)


def left_by(deed: Callable[[], Any]) -> list[tuple[str, str, dict[str, Any], str]]:
    """Return action, target, detail and actor of each audit row that a deed leaves."""
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    deed()
    assert audit.first_broken() is None
    rows = AuditEntry.objects.filter(pk__gt=last).order_by("pk")
    return [(row.action, row.target, row.detail, row.actor) for row in rows]


# plans


def test_a_goal_comes_with_first_steps_a_month_apart(goal: Goal, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    assert (goal.theme_name, goal.target_level, goal.reason) == (theme.short, 2, "Because.")
    activities = theme.cell(2).activities[:3]
    steps = list(goal.steps.all())
    assert [(step.text, step.activity_uid) for step in steps] == [(each.text, each.uid) for each in activities]
    assert [step.due_on for step in steps] == [MORNING.date() + 30 * DAY * number for number in (1, 2, 3)]
    assert all(step.done_at is None for step in steps)
    assert goal.due_on == steps[-1].due_on


def test_adding_a_goal_again_changes_nothing(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    assert left_by(lambda: add_to_plan(theme, tree, target=2, reason="Another.", by=cast.own)) == []
    assert add_to_plan(theme, tree, target=2, reason="Another.", by=cast.own) == goal
    assert (Goal.objects.count(), Step.objects.count()) == (1, 3)
    assert Goal.objects.get().reason == "Because."


def test_another_level_or_another_person_is_another_goal(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    higher = add_to_plan(theme, tree, target=3, reason="", by=cast.own)
    assert higher.plan == goal.plan
    assert add_to_plan(theme, tree, target=2, reason="", by=cast.colleague).plan != goal.plan


@pytest.mark.parametrize("target", [0, -1, 4])
def test_a_level_that_is_not_there_is_refused(cast: Cast, tree: EditionTree, target: int) -> None:
    with pytest.raises(ValidationError, match="no such level"):
        add_to_plan(tree.themes[0], tree, target=target, reason="", by=cast.own)
    assert not Plan.objects.exists()


def test_every_cell_of_the_framework_can_become_a_goal(cast: Cast, tree: EditionTree) -> None:
    with transaction.atomic():
        for theme in tree.themes:
            for cell in theme.cells:
                goal = add_to_plan(theme, tree, target=cell.level, reason="", by=cast.own)
                assert 1 <= goal.steps.count() <= 3
        assert Goal.objects.count() == 99
        transaction.set_rollback(True)


def test_steps_are_done_and_not_done_and_moved(goal: Goal, cast: Cast) -> None:
    step = goal.steps.all()[0]
    mark_step(step, done=True, by=cast.own)
    assert Step.objects.get(pk=step.pk).done_at == MORNING
    mark_step(step, done=False, by=cast.own)
    assert Step.objects.get(pk=step.pk).done_at is None
    move_step(step, due_on=dt.date(2027, 1, 1), by=cast.own)
    assert Step.objects.get(pk=step.pk).due_on == dt.date(2027, 1, 1)
    move_step(step, due_on=None, by=cast.own)
    assert Step.objects.get(pk=step.pk).due_on is None


def test_a_step_of_ones_own_comes_last(goal: Goal, cast: Cast) -> None:
    first = add_step(goal, text="Ask Mo", due_on=None, by=cast.own)
    second = add_step(goal, text="Ask Bo", due_on=MORNING.date(), by=cast.own)
    assert list(goal.steps.all())[3:] == [first, second]
    assert (first.activity_uid, first.due_on, second.due_on) == (None, None, MORNING.date())


def test_two_steps_of_ones_own_may_say_the_same_but_an_activity_is_there_once(goal: Goal, cast: Cast) -> None:
    for _ in range(2):
        add_step(goal, text="Ask Mo", due_on=None, by=cast.own)
    known = goal.steps.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(goal=goal, text="Again", activity_uid=known.activity_uid)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(goal=goal, text="")


def test_a_goal_goes_with_its_steps_and_can_come_back(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    remove_goal(goal, by=cast.own)
    assert (Goal.objects.count(), Step.objects.count(), Plan.objects.count()) == (0, 0, 1)
    add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", by=cast.own)
    assert Step.objects.count() == 3


def test_each_deed_of_a_plan_leaves_one_row_of_codes(cast: Cast, tree: EditionTree) -> None:
    me, theme = cast.own, tree.theme_by_code["ORG.1"]
    rows = left_by(lambda: add_to_plan(theme, tree, target=2, reason="My boss says so", by=me))
    goal = Goal.objects.get()
    step = goal.steps.all()[0]
    rows += left_by(lambda: mark_step(step, done=True, by=me))
    rows += left_by(lambda: mark_step(step, done=False, by=me))
    rows += left_by(lambda: move_step(step, due_on=None, by=me))
    rows += left_by(lambda: add_step(goal, text="Ask Mo Farah", due_on=None, by=me))
    own = goal.steps.get(text="Ask Mo Farah")
    target, uid = f"goal:{goal.uid}", str(me.uid)
    rows += left_by(lambda: remove_goal(goal, by=me))
    assert rows == [
        ("growth.goal.add", target, {"theme": "ORG.1", "new_plan": True}, uid),
        ("growth.step.done", f"step:{step.uid}", {}, uid),
        ("growth.step.undone", f"step:{step.uid}", {}, uid),
        ("growth.step.move", f"step:{step.uid}", {}, uid),
        ("growth.step.add", f"step:{own.uid}", {"kind": "own"}, uid),
        ("growth.goal.remove", target, {"theme": "ORG.1"}, uid),
    ]


@pytest.mark.parametrize("level", [0, 10])
def test_the_database_knows_the_ladder_too(goal: Goal, profiles: Profiles, level: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(plan=goal.plan, theme_code="ADV.1", theme_name="One", target_level=level)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileTarget.objects.create(profile=profiles["local-treasurer"], theme_code="ADV.1", level=level)
