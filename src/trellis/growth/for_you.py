"""What to learn next: which offerings fit a person, and why, by a rule that anybody can check. A pure calculation.

An offering fits when it teaches a cell that is the person's next step in a theme they want to grow in, and no cell that
stands higher than their next step. Its points are a sum of what speaks for it, and each part is said in words:

    why the step is wanted   6 a goal of the plan, 5 the role aimed at (1 more when it asks for two levels or more),
                             4 the domain aimed at, 3 a step that is begun, 2 one of the lowest
    further wanted steps     1 each, at most 2
    near                     3 the same local or worksite, 2 the same state, 2 online or at one's own pace, 1 elsewhere
    soon                     2 a date in the next 60 days with a seat, or any time; 1 a later date
    language                 2 the person's own
    what it asks for first   -3 while the person does not stand there

Of equal points the one with the earlier date comes first, then by title. Nothing depends on what other people did.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trellis.framework.tree import ThemeNode
from trellis.growth.next_action import Gap
from trellis.learning.models import Format
from trellis.people.models import UnitKind

GOAL, ROLE, FOCUS, BEGUN, LOWEST = "goal", "role", "focus", "begun", "lowest"
WANTED = {GOAL: 6, ROLE: 5, FOCUS: 4, BEGUN: 3, LOWEST: 2}
FAR_BELOW, MOST_FURTHER = 1, 2
HERE, IN_STATE, ANYWHERE, ELSEWHERE = 3, 2, 2, 1
SOON_POINTS, LATER_POINTS, LANGUAGE_POINTS, NEEDS_FIRST = 2, 1, 2, -3
SOON = dt.timedelta(days=60)
# Themes that nobody asked for: as many of the nearest steps as one can keep in mind.
MOST_NEAREST = 6
_NEAR_KINDS = frozenset({UnitKind.WORKSITE, UnitKind.LOCAL, UnitKind.COMMITTEE})

# A theme in any edition, and a level; the uid is a whole number, which is found several times faster than a UUID.
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's range in the tree, with its kind and name."""

    tree: int
    left: int
    right: int
    kind: str
    name: str

    def holds(self, other: "Place") -> bool:
        """Whether the other is this unit, or inside it."""
        return self.tree == other.tree and self.left <= other.left and other.right <= self.right


@dataclass(frozen=True, slots=True)
class Date:
    """A coming session: its key, when it begins and by which clocks, and its seats; None for as many as come."""

    key: int
    starts_at: dt.datetime
    seats: int | None
    zone: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An offering of the catalogue, as far as it matters here; `teaches` and `needs` are cells."""

    key: int
    uid: uuid.UUID
    title: str
    form: str
    is_free: bool
    language: str
    place: Place
    teaches: tuple[Cell, ...]
    needs: tuple[Cell, ...]
    dates: tuple[Date, ...] = ()
    # Asked for with every person, so they are worked out once.
    is_online: bool = field(init=False)
    is_any_time: bool = field(init=False)

    def __post_init__(self) -> None:
        """Say once whether one may take part from anywhere, and whether one begins when one likes."""
        object.__setattr__(self, "is_online", self.form in (Format.ONLINE, Format.HYBRID))
        object.__setattr__(self, "is_any_time", self.form == Format.SELF_PACED)

    @property
    def said_form(self) -> str:
        """How it is given, in words."""
        return str(Format(self.form).label)


@dataclass(frozen=True, slots=True)
class Want:
    """A next step that a person wants: the level to reach in a theme, and why."""

    theme: ThemeNode
    level: int
    why: str
    target: int

    @property
    def points(self) -> int:
        """What it counts."""
        return WANTED[self.why] + (FAR_BELOW if self.why == ROLE and self.target - self.level >= 1 else 0)


@dataclass(frozen=True, slots=True)
class Reader:
    """A person as the rule sees them: wanted steps and known levels by theme, language, and the units they are in.

    `homes` go from the nearest unit to the top.
    """

    wants: Mapping[int, Want]
    levels: Mapping[int, int]
    language: str
    homes: Sequence[Place]
    _near: dict[tuple[int, int, int], Place | None] = field(default_factory=dict, repr=False)

    def near(self, place: Place) -> Place | None:
        """Return the smallest of the person's units that a place is, or is inside of; None when there is none."""
        key = place.tree, place.left, place.right
        if key not in self._near:
            self._near[key] = next((home for home in self.homes if home.holds(place)), None)
        return self._near[key]


class Pick(NamedTuple):
    """An offering that fits, with its points and what they stand for; `date` is the first that has a seat.

    `near` is the smallest unit that they have in common, None where that does not matter or there is none.
    """

    entry: Entry
    points: int
    wants: tuple[Want, ...]
    missing: tuple[Cell, ...]
    near: Place | None
    date: Date | None
    is_full: bool
    order: tuple[int, float, str, int]

    @property
    def is_soon(self) -> bool:
        """Whether it can be taken in these weeks or at any time."""
        return self.entry.is_any_time or self.date is not None


def wants_of(
    gaps: Iterable[Gap],
    goals: Mapping[str, int],
    targets: Mapping[str, int],
    levels: Mapping[int, int],
    themes: Mapping[str, ThemeNode],
) -> dict[int, Want]:
    """Return the steps that a person wants, by theme: goals of the plan, what their aim asks for, the nearest steps.

    `gaps` come most worthwhile first (next_action.gaps); `goals` and `targets` of the role are levels by code, and
    goals count first. Of a theme that the person has not answered the first level is wanted when the role asks for it.
    """
    found: dict[int, Want] = {}
    for code, target in goals.items():
        theme = themes.get(code)
        if theme is not None and levels.get(theme.uid.int, 0) < target:
            found[theme.uid.int] = Want(theme, levels.get(theme.uid.int, 0) + 1, GOAL, target)
    nearest = 0
    for gap in gaps:
        theme, why = gap.standing.theme, gap.reason
        if why in (BEGUN, LOWEST):
            nearest += 1
        if theme.uid.int not in found and nearest <= MOST_NEAREST:
            found[theme.uid.int] = Want(theme, gap.standing.level + 1, why, gap.target)
    for code, target in targets.items():
        theme = themes.get(code)
        if theme is not None and theme.uid.int not in levels and theme.uid.int not in found:
            found[theme.uid.int] = Want(theme, 1, ROLE, target)
    return found


def judge(entry: Entry, reader: Reader, *, now: dt.datetime, full: Collection[int] = ()) -> Pick | None:
    """Return how an offering fits a person, or None when it does not; `full` are keys of sessions without a seat."""
    levels = reader.levels
    wanted = []
    for theme, level in entry.teaches:
        if level > levels.get(theme, 0) + 1:
            return None  # as too_high says; asked for every offering, so not called
        want = reader.wants.get(theme)
        if want is not None and want.level == level:
            wanted.append(want)
    if not wanted:
        return None
    wanted.sort(key=lambda want: (-want.points, want.theme.order))
    missing = tuple(cell for cell in entry.needs if levels.get(cell[0], 0) < cell[1])
    coming = [date for date in entry.dates if date.starts_at > now] if entry.dates else []
    free = next((date for date in coming if date.key not in full), None)
    near = reader.near(entry.place)
    points = (
        wanted[0].points
        + min(MOST_FURTHER, len(wanted) - 1)
        + _near_points(entry, near)
        + _date_points(entry, free, now)
        + (LANGUAGE_POINTS if entry.language == reader.language else 0)
        + (NEEDS_FIRST if missing else 0)
    )
    first = free.starts_at.timestamp() if free else float("inf")
    return Pick(
        entry,
        points,
        tuple(wanted),
        missing,
        None if entry.is_online or entry.is_any_time else near,
        free,
        bool(coming) and free is None,
        (-points, first, entry.title, entry.key),
    )


def too_high(entry: Entry, reader: Reader) -> tuple[Cell, ...]:
    """Return the cells that an offering teaches more than one level above the person."""
    return tuple((theme, level) for theme, level in entry.teaches if level > reader.levels.get(theme, 0) + 1)


def _near_points(entry: Entry, near: Place | None) -> int:
    points = 0
    if near is not None:
        points = HERE if near.kind in _NEAR_KINDS else IN_STATE if near.kind == UnitKind.STATE else ELSEWHERE
    return max(points, ANYWHERE) if entry.is_online or entry.is_any_time else points


def _date_points(entry: Entry, free: Date | None, now: dt.datetime) -> int:
    if entry.is_any_time or (free is not None and free.starts_at <= now + SOON):
        return SOON_POINTS
    return LATER_POINTS if free is not None else 0


def rank(entries: Iterable[Entry], reader: Reader, *, now: dt.datetime, full: Collection[int] = ()) -> list[Pick]:
    """Return the offerings that fit, best first; the order is the same every time."""
    picks = (judge(entry, reader, now=now, full=full) for entry in entries)
    return sorted((pick for pick in picks if pick is not None), key=lambda pick: pick.order)
