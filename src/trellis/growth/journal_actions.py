"""Writes of the journal: check in, reflect, take a thought out. Each is atomic and audited; the words stay sealed."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from trellis.core import audit, clock
from trellis.growth.models import CheckIn, Goal, Reflection, Step
from trellis.growth.own_words import seal_words
from trellis.growth.plan_actions import held_plan
from trellis.growth.step_actions import move_step
from trellis.people.models import Person


@transaction.atomic
def check_in(words: Mapping[str, str], moved: Mapping[Step, dt.date | None], *, by: Person) -> CheckIn:
    """Keep a check-in, give steps the dates that were chosen with it, and set the day of the next one."""
    plan = held_plan(by)
    found = CheckIn.objects.create(plan=plan, sealed=seal_words(by, words))
    for step, due_on in moved.items():
        if step.due_on != due_on:
            move_step(step, due_on=due_on, by=by)
    if plan.check_in_weeks:
        plan.check_in_on = clock.today() + dt.timedelta(weeks=plan.check_in_weeks)
        plan.save(update_fields=["check_in_on"])
    audit.record(by=by, action="growth.check_in", target=f"check-in:{found.uid}", detail={"moved": len(moved)})
    return found


@transaction.atomic
def reflect(text: str, *, goal: Goal | None, by: Person) -> Reflection:
    """Keep a thought, about one goal of the person's or about all of it."""
    found = Reflection.objects.create(plan=held_plan(by), goal=goal, sealed=seal_words(by, {"text": text}))
    audit.record(by=by, action="growth.reflect", target=f"reflection:{found.uid}")
    return found


@transaction.atomic
def remove_entry(entry: CheckIn | Reflection, *, by: Person) -> None:
    """Delete a check-in or a reflection for good."""
    kind = "check-in" if isinstance(entry, CheckIn) else "reflection"
    audit.record(by=by, action="growth.journal.remove", target=f"{kind}:{entry.uid}")
    entry.delete()
