"""Reads of plans for others: what a plan shows to a mentor or a cohort, and the days that a calendar may hold.

Stable. Nothing here opens what is sealed, so nothing of it can show a why, a note or the journal.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from trellis.growth.models import Goal, GoalStatus, Plan, PlanSharing, Step
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class SharedStep:
    """A step as others see it."""

    uid: uuid.UUID
    kind: str
    text: str
    due_on: dt.date | None
    done_on: dt.date | None


@dataclass(frozen=True, slots=True)
class SharedGoal:
    """A goal as others see it; `steps` is empty unless steps are shared, `done` and `whole` count them either way."""

    uid: uuid.UUID
    theme_code: str
    theme_name: str
    target_level: int
    status: str
    reached_on: dt.date | None
    steps: tuple[SharedStep, ...]
    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """A plan as far as `sharing` (a value of PlanSharing) opens it."""

    person_id: int
    sharing: str
    goals: tuple[SharedGoal, ...]


def shared_plans(plans: QuerySet[Plan], *, sharing: PlanSharing | None = None) -> dict[int, SharedPlan]:
    """Return by person key what each plan shows, three queries for any number of them.

    How far is what each owner chose for mentors; a caller to whom owners have said something else (a cohort, say)
    gives that as `sharing`. A plan that shows nothing is left out. Whose plans the viewer may see is for `plans`.
    """
    found = {}
    goals = Prefetch("goals", queryset=Goal.objects.prefetch_related("steps"))
    for plan in plans.prefetch_related(goals):
        how_far = sharing or PlanSharing(plan.shared_with_mentors)
        if how_far != PlanSharing.NOTHING:
            found[plan.person_id] = SharedPlan(plan.person_id, how_far, _goals(plan.goals.all(), how_far))
    return found


def _goals(goals: Iterable[Goal], how_far: PlanSharing) -> tuple[SharedGoal, ...]:
    return tuple(
        SharedGoal(
            goal.uid,
            goal.theme_code,
            goal.theme_name,
            goal.target_level,
            goal.status,
            goal.reached_on,
            tuple(map(_step, steps)) if how_far == PlanSharing.STEPS else (),
            sum(step.done_at is not None for step in steps),
            len(steps),
        )
        for goal, steps in ((goal, list(goal.steps.all())) for goal in goals)
    )


def _step(step: Step) -> SharedStep:
    return SharedStep(
        step.uid, step.kind, step.text, step.due_on, timezone.localdate(step.done_at) if step.done_at else None
    )


def dated_steps(person: Person) -> QuerySet[Step]:
    """Return the person's open steps that have a date, of goals that are worked on, earliest first; with their goals.

    For their own calendar: `uid` stays the same for good, and `changed_at` moves with every change.
    """
    mine = Step.objects.waiting().filter(goal__plan__person=person).exclude(due_on=None)
    return mine.select_related("goal", "session", "offering").order_by("due_on", "order", "pk")


def next_check_in(person: Person) -> dt.date | None:
    """Return the day of the person's next check-in, None without a rhythm; one query."""
    return Plan.objects.filter(person=person).values_list("check_in_on", flat=True).first()


def goals_of(people: Iterable[Person]) -> QuerySet[Goal]:
    """Return the goals that these persons work on, for what is chosen by need: themes and levels, never reasons."""
    return Goal.objects.filter(plan__person__in=list(people), status=GoalStatus.OPEN)
