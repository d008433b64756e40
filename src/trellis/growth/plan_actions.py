"""Writes of a plan and its goals: the why, sharing, rhythm; add, pause, reach, take out. Each is atomic and audited."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.framework.tree import ActivityNode, EditionTree, ThemeNode
from trellis.growth.models import CheckIn, Goal, GoalStatus, OwnKey, Plan, PlanSharing, Reflection, Step, StepKind
from trellis.growth.models.plan import UNDO_DAYS
from trellis.growth.own_words import seal_words
from trellis.people.models import Person

# A first goal starts small: three things to do, a month apart.
FIRST_STEPS = 3
MONTH = dt.timedelta(days=30)
RHYTHMS = (2, 4)


def held_plan(by: Person) -> Plan:
    """Return the person's plan, new when they had none, and hold it until the transaction ends."""
    plan, _new = Plan.objects.select_for_update().get_or_create(person=by)
    return plan


@transaction.atomic
def tell_why(words: dict[str, str], *, by: Person) -> None:
    """Keep why the person does this, by question; sealed for them alone."""
    plan = held_plan(by)
    plan.sealed = seal_words(by, words)
    plan.save(update_fields=["sealed"])
    audit.record(by=by, action="growth.plan.why", target=f"plan:{plan.uid}")


@transaction.atomic
def share_plan(sharing: str, *, by: Person) -> None:
    """Set how much of the plan a mentor or coach sees, from now on; raises ValidationError for no such choice."""
    if sharing not in PlanSharing.values:
        raise ValidationError(_("Choose one of the three."))
    plan = held_plan(by)
    before, plan.shared_with_mentors = plan.shared_with_mentors, sharing
    plan.save(update_fields=["shared_with_mentors"])
    audit.record(
        by=by, action="growth.plan.share", target=f"plan:{plan.uid}", detail={"from": before, "to": str(sharing)}
    )


@transaction.atomic
def set_rhythm(weeks: int | None, *, by: Person) -> None:
    """Check in every two or four weeks from today, or never; raises ValidationError for another number."""
    if weeks is not None and weeks not in RHYTHMS:
        raise ValidationError(_("Choose every two weeks, every four weeks, or never."))
    plan = held_plan(by)
    if plan.check_in_weeks == weeks:
        return
    plan.check_in_weeks = weeks
    plan.check_in_on = clock.today() + dt.timedelta(weeks=weeks) if weeks else None
    plan.save(update_fields=["check_in_weeks", "check_in_on"])
    audit.record(by=by, action="growth.plan.rhythm", target=f"plan:{plan.uid}", detail={"weeks": weeks or 0})


def first_activities(theme: ThemeNode, *, level: int, target: int) -> tuple[ActivityNode, ...]:
    """Return the activities to begin with, of the lowest level that is not there yet: the ladder is climbed in order.

    `level` is where the person stands. At or above the target, what remains is the target's own.
    """
    lowest = theme.cell(min(level + 1, target))
    return lowest.activities[:FIRST_STEPS]


@transaction.atomic
def add_to_plan(
    theme: ThemeNode,
    tree: EditionTree,
    *,
    target: int,
    reason: str,
    by: Person,
    level: int | None = None,
    own_reason: str = "",
) -> Goal:
    """Add a goal for a theme and its first steps, a month apart: the activities of the lowest level not there yet.

    `level` is where the person stands, one below the target when it is not known. A goal that is there already is
    opened again, and otherwise stays as it is. Raises ValidationError for a level that the theme lacks.
    """
    if not 1 <= target <= tree.top:
        raise ValidationError(_("There is no such level."))
    # Held, so that the same goal sent twice at once is one goal.
    plan, is_new = Plan.objects.select_for_update().get_or_create(person=by)
    goal = Goal.objects.filter(plan=plan, theme_code=theme.code, target_level=target).first()
    if goal is not None:
        set_goal_status(goal, GoalStatus.OPEN, by=by)
        return goal
    today = clock.today()
    activities = first_activities(theme, level=target - 1 if level is None else level, target=target)
    goal = Goal.objects.create(
        plan=plan,
        theme_code=theme.code,
        theme_name=theme.short,
        target_level=target,
        reason=reason,
        sealed=seal_words(by, {"reason": own_reason}),
        due_on=today + MONTH * max(1, len(activities)),
    )
    Step.objects.bulk_create(
        Step(
            goal=goal,
            kind=StepKind.ACTIVITY,
            activity_uid=activity.uid,
            text=activity.text,
            due_on=today + MONTH * place,
            order=place,
        )
        for place, activity in enumerate(activities, 1)
    )
    audit.record(
        by=by, action="growth.goal.add", target=f"goal:{goal.uid}", detail={"theme": theme.code, "new_plan": is_new}
    )
    return goal


@transaction.atomic
def change_goal_reason(goal: Goal, own_reason: str, *, by: Person) -> None:
    """Keep the person's own reason for a goal; sealed for them alone."""
    goal.sealed = seal_words(by, {"reason": own_reason})
    goal.save(update_fields=["sealed"])
    audit.record(by=by, action="growth.goal.reason", target=f"goal:{goal.uid}")


@transaction.atomic
def set_goal_status(goal: Goal, status: str, *, by: Person) -> None:
    """Pause a goal, call it reached, or open it again; raises ValidationError for another state."""
    if status not in GoalStatus.values:
        raise ValidationError(_("A goal is open, paused or reached."))
    if goal.status == status:
        return
    goal.status = status
    goal.reached_on = clock.today() if status == GoalStatus.REACHED else None
    goal.save(update_fields=["status", "reached_on"])
    audit.record(by=by, action=f"growth.goal.{status}", target=f"goal:{goal.uid}", detail={"theme": goal.theme_code})


@transaction.atomic
def remove_goal(goal: Goal, *, by: Person) -> None:
    """Take a goal and its steps out of the plan; for UNDO_DAYS it can be brought back."""
    goal.removed_at = clock.now()
    goal.save(update_fields=["removed_at"])
    audit.record(by=by, action="growth.goal.remove", target=f"goal:{goal.uid}", detail={"theme": goal.theme_code})


@transaction.atomic
def restore_goal(goal: Goal, *, by: Person) -> None:
    """Bring back a goal that was taken out, with its steps; raises ValidationError when it was added anew meanwhile."""
    held_plan(by)
    if Goal.objects.filter(plan=goal.plan_id, theme_code=goal.theme_code, target_level=goal.target_level).exists():
        raise ValidationError(_("This goal is in your plan again already."))
    goal.removed_at = None
    goal.save(update_fields=["removed_at"])
    audit.record(by=by, action="growth.goal.restore", target=f"goal:{goal.uid}", detail={"theme": goal.theme_code})


@transaction.atomic
def forget_own_words(person: Person, *, by: audit.Actor | None) -> None:
    """Shred all that a person has written for themselves: without their key, copies elsewhere cannot be read."""
    OwnKey.objects.filter(person=person).delete()
    CheckIn.objects.filter(plan__person=person).delete()
    Reflection.objects.filter(plan__person=person).delete()
    Plan.objects.filter(person=person).update(sealed=b"")
    Goal.every.filter(plan__person=person).update(sealed=b"")
    Step.every.filter(goal__plan__person=person).update(sealed=b"")
    audit.record(by=by, action="growth.plan.forget", target=f"person:{person.uid}")


@transaction.atomic
def forget_taken_out(today: dt.date) -> str:
    """Delete what was taken out of plans longer ago than it can be brought back."""
    before = clock.now() - dt.timedelta(days=UNDO_DAYS)
    goals = Goal.every.filter(removed_at__lt=before)
    steps = Step.every.filter(removed_at__lt=before)
    counts = goals.count(), steps.count()
    if any(counts):
        steps.delete()
        goals.delete()
        audit.record(
            by=None, action="growth.plan.tidy", target="plans:all", detail={"goals": counts[0], "steps": counts[1]}
        )
    return f"{counts[0]} goals and {counts[1]} steps that were taken out are deleted"
