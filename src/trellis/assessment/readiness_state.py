"""Where a unit stands: its agreed statuses laid over the attributes, by group, with what to do next and the history."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from trellis.assessment.models import AgreedStatus, Readiness
from trellis.framework.tree import AttributeGroupNode, AttributeNode, AttributeTree

# From what is done to what is not, as bars are drawn; the last is "not agreed yet".
SHOWN = (AgreedStatus.IN_PLACE.value, AgreedStatus.UNDER_WAY.value, AgreedStatus.NOT_STARTED.value, "")


@dataclass(frozen=True, slots=True)
class Line:
    """An attribute with what was agreed on it, newest first."""

    attribute: AttributeNode
    agreed: tuple[Readiness, ...]

    @property
    def now(self) -> Readiness | None:
        """What holds."""
        return self.agreed[0] if self.agreed else None

    @property
    def status(self) -> str:
        """The status that holds; empty when nothing was agreed yet."""
        return self.now.status if self.now else ""

    @property
    def before(self) -> Readiness | None:
        """The last agreement on another status than the one that holds."""
        return next((row for row in self.agreed if row.status != self.status), None)

    def is_overdue(self, today: dt.date) -> bool:
        """Whether somebody's date has passed and it is not in place."""
        now = self.now
        return bool(now and now.due_on and now.due_on < today and now.status != AgreedStatus.IN_PLACE)

    def at(self, moment: dt.datetime) -> str:
        """The status that held at a moment."""
        return next((row.status for row in self.agreed if row.agreed_at <= moment), "")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, in hundredths of its width."""

    status: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How many attributes stand at each status."""

    in_place: int
    under_way: int
    not_started: int
    unknown: int

    @property
    def whole(self) -> int:
        """All of them."""
        return self.in_place + self.under_way + self.not_started + self.unknown

    @property
    def parts(self) -> list[Part]:
        """The pieces of its bar, in the order of SHOWN."""
        found, x = [], 0.0
        for status, many in zip(SHOWN, (self.in_place, self.under_way, self.not_started, self.unknown), strict=True):
            width = 100 * many / max(1, self.whole)
            if many:
                found.append(Part(status or "unknown", round(x, 2), round(width, 2)))
            x += width
        return found


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group of attributes with its lines."""

    group: AttributeGroupNode
    lines: tuple[Line, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Change:
    """An attribute whose status the latest meeting changed."""

    attribute: AttributeNode
    was: Readiness
    now: Readiness


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which the unit agreed, and how many attributes of each group were in place after it."""

    at: dt.datetime
    in_place: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class UnitState:
    """All of a unit's readiness."""

    groups: tuple[GroupState, ...]
    tally: Tally
    agreed_at: dt.datetime | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All attributes in order."""
        return tuple(line for group in self.groups for line in group.lines)

    def to_do(self, today: dt.date) -> list[Line]:
        """What was agreed to be not started or under way: overdue first by date, then in the framework's order."""
        open_ = [line for line in self.lines if line.status in (AgreedStatus.NOT_STARTED, AgreedStatus.UNDER_WAY)]
        late = sorted((line for line in open_ if line.is_overdue(today)), key=_due)
        return late + [line for line in open_ if not line.is_overdue(today)]

    def sittings(self) -> list[list[Readiness]]:
        """What was agreed together, the latest sitting first: in one meeting, or on one day without a meeting."""
        found: dict[object, list[Readiness]] = {}
        for line in self.lines:
            for row in line.agreed:
                found.setdefault(row.meeting_id or row.agreed_at.date(), []).append(row)
        return sorted(found.values(), key=_moment, reverse=True)

    def days(self, most: int) -> list[Day]:
        """How many attributes were in place after each of the latest sittings, by group, the earliest first."""
        moments = [_moment(rows) for rows in self.sittings()[:most]]
        return [self._day(moment) for moment in reversed(moments)]

    def _day(self, moment: dt.datetime) -> Day:
        counts = tuple(sum(line.at(moment) == AgreedStatus.IN_PLACE for line in group.lines) for group in self.groups)
        return Day(moment, counts, sum(counts))

    def changes(self) -> list[Change]:
        """What the last sitting changed, in the framework's order."""
        last = {row.pk for row in self.sittings()[0]} if self.agreed_at else set()
        found = []
        for line in self.lines:
            now = line.now
            was = next((row for row in line.agreed if row.pk not in last), None)
            if now is not None and now.pk in last and was is not None and was.status != now.status:
                found.append(Change(line.attribute, was, now))
        return found


def state_of(tree: AttributeTree, agreed: Iterable[Readiness]) -> UnitState:
    """Lay what a unit agreed on, newest first, over the attributes of an edition; older wordings count by their uid."""
    by_uid: dict[object, list[Readiness]] = {}
    for row in agreed:
        by_uid.setdefault(row.attribute.uid, []).append(row)
    groups = []
    for group in tree.groups:
        lines = tuple(Line(node, tuple(by_uid.get(node.uid, ()))) for node in group.attributes)
        groups.append(GroupState(group, lines, tally_of(line.status for line in lines)))
    lines = tuple(line for group in groups for line in group.lines)
    moments = [line.now.agreed_at for line in lines if line.now]
    return UnitState(tuple(groups), tally_of(line.status for line in lines), max(moments, default=None))


def tally_of(statuses: Iterable[str]) -> Tally:
    """Count statuses; an empty one is an attribute on which nothing was agreed yet."""
    counts = Counter(statuses)
    return Tally(*(counts[status] for status in SHOWN))


def _moment(rows: list[Readiness]) -> dt.datetime:
    return max(row.agreed_at for row in rows)


def _due(line: Line) -> tuple[dt.date, int]:
    now = line.now
    return (now.due_on if now and now.due_on else dt.date.max), line.attribute.order
