"""Writes of steps: add one of each kind, do, change, put in another order, take out. Each is atomic and audited."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.core.registry import Tool
from trellis.framework.tree import ActivityNode
from trellis.growth.models import Goal, Step, StepKind
from trellis.growth.own_words import seal_words
from trellis.growth.plan_actions import MONTH
from trellis.learning.models import Offering, Session
from trellis.learning.when import there
from trellis.people.models import Person


@transaction.atomic
def add_step(goal: Goal, *, text: str, due_on: dt.date | None, by: Person) -> Step:
    """Add a step of one's own to the end of a goal."""
    return _append(goal, by=by, kind=StepKind.OWN, text=text, due_on=due_on)


@transaction.atomic
def add_activity(goal: Goal, activity: ActivityNode, *, due_on: dt.date | None, by: Person) -> Step:
    """Add an activity of the edition; one that is in the goal already is returned as it is."""
    known = Goal.objects.select_for_update().get(pk=goal.pk).steps.filter(activity_uid=activity.uid).first()
    return known or _append(
        goal, by=by, kind=StepKind.ACTIVITY, activity_uid=activity.uid, text=activity.text, due_on=due_on
    )


@transaction.atomic
def add_session(goal: Goal, offering: Offering, *, session: Session | None, due_on: dt.date | None, by: Person) -> Step:
    """Add an offering of the catalogue, and the date of it when one is chosen; signing up is another matter.

    With a session its day is the step's date. An offering that is in the goal already takes the session up. Raises
    ValidationError for a session of another offering.
    """
    if session is not None and session.offering_id != offering.pk:
        raise ValidationError(_("This date belongs to something else."))
    due_on = day_of(session) if session is not None else due_on
    known = Goal.objects.select_for_update().get(pk=goal.pk).steps.filter(offering=offering).first()
    if known is None:
        return _append(
            goal, by=by, kind=StepKind.SESSION, offering=offering, session=session, text=offering.title, due_on=due_on
        )
    if session is not None and known.session_id != session.pk:
        known.session, known.due_on = session, due_on
        _save(known, "session", "due_on", by=by, action="session")
    return known


@transaction.atomic
def add_tool(goal: Goal, tool: Tool, *, due_on: dt.date | None, by: Person) -> Step:
    """Add a practice tool to use for real; it may stand there more than once."""
    return _append(goal, by=by, kind=StepKind.TOOL, tool_key=tool.key, text=str(tool.label), due_on=due_on)


@transaction.atomic
def mark_step(step: Step, *, done: bool, by: Person) -> None:
    """Mark a step as done, or as not done after all; one that is so already keeps its date."""
    if (step.done_at is not None) == done:
        return
    step.done_at = clock.now() if done else None
    _save(step, "done_at", by=by, action="done" if done else "undone")


@transaction.atomic
def move_step(step: Step, *, due_on: dt.date | None, by: Person) -> None:
    """Give a step another date, or none."""
    step.due_on = due_on
    _save(step, "due_on", by=by, action="move")


@transaction.atomic
def change_step(step: Step, *, text: str, due_on: dt.date | None, with_whom: str, notes: str, by: Person) -> None:
    """Change a step; the words of one that is not one's own stay. With whom and notes are sealed for its owner."""
    if step.kind == StepKind.OWN:
        step.text = text
    step.due_on = due_on
    step.sealed = seal_words(by, {"with_whom": with_whom, "notes": notes})
    _save(step, "text", "due_on", "sealed", by=by, action="change")


@transaction.atomic
def shift_step(step: Step, *, up: bool, by: Person) -> None:
    """Let a step change places with its neighbour in the goal; the first stays first, and the last stays last."""
    row = list(Goal.objects.select_for_update().get(pk=step.goal_id).steps.all())
    place = next(number for number, each in enumerate(row) if each.pk == step.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for number, each in enumerate(row, 1):
        each.order = number
    Step.every.bulk_update(row, ["order"])
    audit.record(by=by, action="growth.step.shift", target=f"step:{step.uid}", detail={"to": other + 1})


@transaction.atomic
def remove_step(step: Step, *, by: Person) -> None:
    """Take a step out of its goal; for UNDO_DAYS it can be brought back."""
    step.removed_at = clock.now()
    _save(step, "removed_at", by=by, action="remove")


@transaction.atomic
def restore_step(step: Step, *, by: Person) -> None:
    """Bring back a step that was taken out; raises ValidationError when the same is in the goal again already."""
    live = Goal.objects.select_for_update().get(pk=step.goal_id).steps
    again = (step.activity_uid and live.filter(activity_uid=step.activity_uid).exists()) or (
        step.offering_id and live.filter(offering=step.offering_id).exists()
    )
    if again:
        raise ValidationError(_("This step is in your plan again already."))
    step.removed_at = None
    _save(step, "removed_at", by=by, action="restore")


def usual_day(goal: Goal) -> dt.date:
    """Return the day that a step gets which nobody gave one: a month from today, or from the goal's last date ahead."""
    today = clock.today()
    last = goal.steps.filter(done_at=None).aggregate(last=Max("due_on"))["last"]
    return max(today, last or today) + MONTH


def day_of(session: Session) -> dt.date:
    """Return the day on which a session begins, where it takes place."""
    return there(session.starts_at, session.zone).date()


def _append(goal: Goal, *, by: Person, **fields: Any) -> Step:
    last = Step.every.filter(goal=goal).aggregate(last=Max("order"))["last"] or 0
    step = Step.objects.create(goal=goal, order=last + 1, **fields)
    audit.record(by=by, action="growth.step.add", target=f"step:{step.uid}", detail={"kind": str(step.kind)})
    return step


def _save(step: Step, *fields: str, by: Person, action: str) -> None:
    step.changed_at = clock.now()
    step.save(update_fields=[*fields, "changed_at"])
    audit.record(by=by, action=f"growth.step.{action}", target=f"step:{step.uid}")
