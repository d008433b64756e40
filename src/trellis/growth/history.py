"""The quiet history of a plan: what was begun, done, reached, thought over, newest first; no points, no streaks."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from trellis.growth.models import CheckIn, Goal, Reflection


class What(StrEnum):
    """What happened."""

    BEGUN = "begun"
    DONE = "done"
    REACHED = "reached"
    CHECKED_IN = "checked in"
    REFLECTED = "reflected"


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened, when, and what it was about; `entry` is the journal's uid where it has one."""

    at: dt.datetime
    what: What
    text: str
    entry: uuid.UUID | None = None

    @property
    def day(self) -> dt.date:
        """The day on which it happened."""
        return timezone.localdate(self.at)


def history(goals: Iterable[Goal], check_ins: Iterable[CheckIn], reflections: Iterable[Reflection] = ()) -> list[Past]:
    """Return what happened, newest first. Goals come with their steps. Nothing sealed is opened."""
    found = []
    for goal in goals:
        found.append(Past(goal.created_at, What.BEGUN, goal.theme_name))
        found += [Past(step.done_at, What.DONE, step.text) for step in goal.steps.all() if step.done_at]
        if goal.reached_on:
            # Only the day is kept, and on it this was the last thing.
            evening = dt.datetime.combine(goal.reached_on, dt.time.max, timezone.get_current_timezone())
            found.append(Past(evening, What.REACHED, goal.theme_name))
    found += [Past(entry.at, What.CHECKED_IN, "", entry.uid) for entry in check_ins]
    found += [
        Past(entry.at, What.REFLECTED, entry.goal.theme_name if entry.goal else "", entry.uid) for entry in reflections
    ]
    return sorted(found, key=lambda past: past.at, reverse=True)
