"""What the deep form's answers say about a theme, statement by statement and level by level. A pure calculation."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trellis.framework.tree import CellNode, StatementNode, ThemeNode
from trellis.measure.precision import PROVISIONAL_DEEP, bar

# Values of the deep form's two questions about a statement: how often in the last 12 months, and when last.
HOW_OFTEN, LAST_TIME = "", "last"
REGULARLY = 2
OVER_A_YEAR_AGO = 0

Wording = tuple[uuid.UUID, int]


@dataclass(frozen=True, slots=True)
class Wave:
    """One finished deep form: the day, and by statement (uid and version) the answers by aspect, None for no chance."""

    day: dt.date
    answers: Mapping[Wording, Mapping[str, int | None]]


@dataclass(frozen=True, slots=True)
class StatementLook:
    """One statement as it was answered.

    `often` and `last` are values of the form (None: left open or no chance, which `no_chance` tells apart); `was` is
    how often in the wave before on the same wording, and None unless that differs.
    """

    text: str
    often: int | None
    last: int | None
    no_chance: bool
    was: int | None

    @property
    def is_answered(self) -> bool:
        """Whether it says how often."""
        return self.often is not None

    @property
    def counts(self) -> bool:
        """Whether it is done regularly, and within the year; not saying when does not undo that."""
        return self.often == REGULARLY and self.last != OVER_A_YEAR_AGO


@dataclass(frozen=True, slots=True)
class LevelLook:
    """One level: `is_there` says whether most of its statements are done regularly, None when too few are answered."""

    level: int
    name: str
    statements: tuple[StatementLook, ...]
    is_there: bool | None


@dataclass(frozen=True, slots=True)
class CloserLook:
    """A theme by its statements, as of a day.

    `level` is None when too little is answered; `above_gap` are the levels that are there over a missing one. `low`
    and `high` are the bar of the level, in levels.
    """

    day: dt.date
    levels: tuple[LevelLook, ...]
    level: int | None
    above_gap: tuple[int, ...]
    low: float
    high: float
    previous_day: dt.date | None


def closer_look(theme: ThemeNode, waves: Sequence[Wave]) -> CloserLook | None:
    """Return what the newest wave about a theme says, or None without one; `waves` come newest first.

    The rule (provisional): a statement counts when it is done regularly, and within the year. A level is there when
    more than half of its answered statements count, and at least half of them are answered. The level is the highest
    one that is there with all below it; a gap is shown, and not filled.
    """
    wordings = {_wording(statement) for cell in theme.cells for statement in cell.statements}
    about = [wave for wave in waves if wordings & wave.answers.keys()]
    if not about:
        return None
    newest, earlier = about[0], about[1] if len(about) > 1 else None
    levels = tuple(_level(cell, newest, earlier) for cell in theme.cells)
    reached = 0
    while reached < len(levels) and levels[reached].is_there:
        reached += 1
    # Nothing is said when the first level in question is not judged: it may be there, or not.
    is_open = reached < len(levels) and levels[reached].is_there is None
    level = None if is_open and reached == 0 else reached
    low, high = bar(float(level or 0), PROVISIONAL_DEEP, top=len(levels))
    return CloserLook(
        newest.day,
        levels,
        level,
        tuple(each.level for each in levels[reached:] if each.is_there),
        low,
        high,
        earlier.day if earlier else None,
    )


def _wording(statement: StatementNode) -> Wording:
    return statement.uid, statement.version


def _level(cell: CellNode, newest: Wave, earlier: Wave | None) -> LevelLook:
    looks = tuple(_statement(statement, newest, earlier) for statement in cell.statements)
    answered = [look for look in looks if look.is_answered]
    is_there = None
    if answered and 2 * len(answered) >= len(looks):
        is_there = 2 * sum(look.counts for look in answered) > len(answered)
    return LevelLook(cell.level, cell.level_name, looks, is_there)


def _statement(statement: StatementNode, newest: Wave, earlier: Wave | None) -> StatementLook:
    given = newest.answers.get(_wording(statement), {})
    often = given.get(HOW_OFTEN)
    before = earlier.answers.get(_wording(statement), {}).get(HOW_OFTEN) if earlier else None
    return StatementLook(
        statement.text_self,
        often,
        given.get(LAST_TIME),
        no_chance=HOW_OFTEN in given and often is None,
        was=before if often is not None and before != often else None,
    )
