"""The rules of coach-validated evidence in one place: what counts, for how long, when a coach may attest. All pure."""

import datetime as dt
from collections.abc import Collection, Mapping
from enum import IntEnum
from uuid import UUID

from trellis.growth.models.evidence import MOST_YEARS, SUPPORTED_LEVEL, Part

# Provisional, until there are real double readings to learn from: with less than half of a step clearly shown, a
# second reader would as often as not see another step; asking for all of it would ask more of evidence than of life.
CLEAR_MAJORITY = 0.5
# One in ten: enough to see whether coaches judge alike, and a coach's evening is short.
SECOND_READING_SHARE = 0.10
# Below this many the interval of an agreement is as wide as the scale: "too few to say".
LEAST_DOUBLE_READ = 10
# From this many days before it ends, evidence asks to be renewed.
RENEWAL_DAYS = 90


class Shown(IntEnum):
    """How far a piece of evidence shows one statement of its cell."""

    NOT = 0
    PARTLY = 1
    CLEARLY = 2


def may_attest(answers: Mapping[UUID, int | None], asked: Collection[UUID]) -> bool:
    """Say whether a rubric allows to attest: every statement `asked` is answered, and more than half clearly shown."""
    given = [answers.get(statement) for statement in asked]
    clear = sum(answer == Shown.CLEARLY for answer in given)
    return bool(given) and None not in given and clear > CLEAR_MAJORITY * len(given)


def parts_for(level: int) -> list[Part]:
    """Return what somebody's part must have been for evidence of a level: taking part never supports level 2."""
    return [part for part in Part if SUPPORTED_LEVEL[part] >= min(level, max(SUPPORTED_LEVEL.values()))]


def last_day(attested_on: dt.date) -> dt.date:
    """Return the last day on which evidence that is attested on a day may count."""
    try:
        return attested_on.replace(year=attested_on.year + MOST_YEARS)
    except ValueError:  # the 29th of February, in a year that has none
        return attested_on.replace(year=attested_on.year + MOST_YEARS, day=28)
