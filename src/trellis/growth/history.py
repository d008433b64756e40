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
    """One thing that happened: the day, and what it was about; `entry` is the journal's uid where it has one."""

    day: dt.date
    what: What
    text: str
    entry: uuid.UUID | None = None


def history(goals: Iterable[Goal], check_ins: Iterable[CheckIn], reflections: Iterable[Reflection] = ()) -> list[Past]:
    """Return what happened, newest first; of one day the last in the order of goals and steps comes first.

    Goals come with their steps. Nothing sealed is opened.
    """
    found = []
    for goal in goals:
        found.append(Past(timezone.localdate(goal.created_at), What.BEGUN, goal.theme_name))
        found += [
            Past(timezone.localdate(step.done_at), What.DONE, step.text) for step in goal.steps.all() if step.done_at
        ]
        if goal.reached_on:
            found.append(Past(goal.reached_on, What.REACHED, goal.theme_name))
    found += [Past(timezone.localdate(entry.at), What.CHECKED_IN, "", entry.uid) for entry in check_ins]
    found += [
        Past(timezone.localdate(entry.at), What.REFLECTED, entry.goal.theme_name if entry.goal else "", entry.uid)
        for entry in reflections
    ]
    return sorted(reversed(found), key=lambda past: past.day, reverse=True)
