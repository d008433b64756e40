"""What next: always one thing for this month. Kindly what is late, then what is nearest, else a suggestion. Pure."""

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from trellis.framework.tree import ActivityNode
from trellis.growth.models import Step
from trellis.growth.next_action import Gap


class Way(StrEnum):
    """Why this is next."""

    LATE = "late"
    STEP = "step"
    SUGGESTED = "suggested"
    CHECK_IN = "check-in"


@dataclass(frozen=True, slots=True)
class WhatNext:
    """The one thing: a step of the plan, or an activity for a theme that is not in it yet, or taking stock."""

    way: Way
    step: Step | None = None
    gap: Gap | None = None
    activity: ActivityNode | None = None


def what_next(
    steps: Iterable[Step], ways: Iterable[Gap], *, taken: Container[UUID], today: dt.date, has_ground: bool
) -> WhatNext | None:
    """Return the one thing to do next.

    `steps` are those that wait, in the plan's order: the earliest date that has passed comes first, then the nearest
    one ahead, then what has no date. Without any, the first activity of `ways` (most worthwhile first) that is not
    `taken` already. Without that too, a check-in, as long as there is ground to stand on: a standing, or a plan.
    """
    waiting = list(steps)
    dated = [step for step in waiting if step.due_on is not None]
    if dated:
        step = min(dated, key=lambda each: each.due_on or today)
        return WhatNext(Way.LATE if step.due_on is not None and step.due_on < today else Way.STEP, step)
    if waiting:
        return WhatNext(Way.STEP, waiting[0])
    for gap in ways:
        activity = next((each for each in gap.cell.activities if each.uid not in taken), None)
        if activity is not None:
            return WhatNext(Way.SUGGESTED, gap=gap, activity=activity)
    return WhatNext(Way.CHECK_IN) if has_ground else None
