"""What is the caller's own: where they stand, and their plan without what they wrote for nobody else."""

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import own_plan
from trellis.growth.models import PlanSharing
from trellis.growth.plan_queries import SharedGoal, SharedStep, shared_plans
from trellis.growth.queries import standing_with_bars
from trellis.growth.standing import ThemeStanding
from trellis.people.models import Person

standing_router = Router(tags=["My standing"])
plan_router = Router(tags=["My plan"])


class ThemeStandingOut(Schema):
    """Where the caller stands in one theme: a level in steps of a half, null when unknown, and how sure that is."""

    theme: str
    theme_uid: uuid.UUID
    level: float | None
    low: float | None
    high: float | None
    answered_on: dt.date | None
    change: int


class StandingOut(Schema):
    """A profile over themes; there is no overall score, and there will be none."""

    framework: str
    edition: str
    as_of: dt.date | None
    themes: list[ThemeStandingOut]


class StepOut(Schema):
    """A step of a goal."""

    uid: uuid.UUID
    kind: str
    text: str
    due_on: dt.date | None
    done_on: dt.date | None


class GoalOut(Schema):
    """A goal: to which level of which theme."""

    uid: uuid.UUID
    theme: str
    theme_name: str
    target_level: int
    status: str
    reached_on: dt.date | None
    steps: list[StepOut]


class PlanOut(Schema):
    """The goals of a plan."""

    goals: list[GoalOut]


@standing_router.get("", response=StandingOut, operation_id="standing", summary="Read where I stand")
def standing(request: HttpRequest) -> StandingOut:
    """Return the caller's standing by their own answers, on the main framework."""
    viewer, tree = viewer_of(request, Person), main_tree()
    if tree is None:
        return StandingOut(framework="", edition="", as_of=None, themes=[])
    found = standing_with_bars(tree, viewer)
    return StandingOut(
        framework=tree.framework_code,
        edition=tree.code,
        as_of=found.as_of,
        themes=[_theme(theme) for theme in found.themes],
    )


@plan_router.get("", response=PlanOut, operation_id="plan", summary="Read my plan")
def plan(request: HttpRequest) -> PlanOut:
    """Return the caller's goals and steps. Why, reasons, notes and the journal are for no program."""
    viewer = viewer_of(request, Person)
    found = shared_plans(own_plan(viewer), sharing=PlanSharing.STEPS).get(viewer.pk)
    return PlanOut(goals=[_goal(goal) for goal in found.goals] if found else [])


def _theme(theme: ThemeStanding) -> ThemeStandingOut:
    return ThemeStandingOut(
        theme=theme.theme.code,
        theme_uid=theme.theme.uid,
        level=theme.levels if theme.is_known else None,
        low=theme.low if theme.is_known else None,
        high=theme.high if theme.is_known else None,
        answered_on=theme.answered_on,
        change=theme.change,
    )


def _goal(goal: SharedGoal) -> GoalOut:
    return GoalOut(
        uid=goal.uid,
        theme=goal.theme_code,
        theme_name=goal.theme_name,
        target_level=goal.target_level,
        status=goal.status,
        reached_on=goal.reached_on,
        steps=[_step(step) for step in goal.steps],
    )


def _step(step: SharedStep) -> StepOut:
    return StepOut(uid=step.uid, kind=step.kind, text=step.text, due_on=step.due_on, done_on=step.done_on)
