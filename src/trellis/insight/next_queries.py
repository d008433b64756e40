"""What the catalogue has for the themes in which a unit is thin: the next step of most, and what teaches it."""

from collections.abc import Iterable
from dataclasses import dataclass

from trellis.insight.queries import Table, need
from trellis.insight.standing_board import Line
from trellis.learning.access import listed_offerings
from trellis.learning.models import Offering, OfferingCell, Place
from trellis.learning.queries import soonest_first
from trellis.people.access import Viewer

_LEVELS = (1, 2, 3)
_MOST = 2


@dataclass(frozen=True, slots=True)
class NextStep:
    """A thin theme: the level that is the next step of most people, of how many in percent, and what teaches it."""

    line: Line
    level: int
    share: int
    offerings: tuple[Offering, ...]
    more: int


def next_steps(viewer: Viewer, table: Table, lines: Iterable[Line]) -> list[NextStep]:
    """Return the next step in each of these themes, from a released table of standing; two queries.

    Offerings come with the soonest session first, two at most; `more` are further ones.
    """
    wanted = {line.theme.uid: (line, *_next(table, line.theme.column)) for line in lines}
    listed = listed_offerings(viewer)
    cells = OfferingCell.objects.filter(place=Place.TEACHES, theme_uid__in=wanted, offering__in=listed)
    taught = set(cells.values_list("offering", "theme_uid", "level"))
    offerings = list(soonest_first(listed.filter(pk__in={key for key, _theme, _level in taught})))
    found = []
    for uid, (line, level, share) in wanted.items():
        fitting = [one for one in offerings if (one.pk, uid, level) in taught]
        found.append(NextStep(line, level, share, tuple(fitting[:_MOST]), len(fitting[_MOST:])))
    return found


def _next(table: Table, column: str) -> tuple[int, int]:
    """The level that is the next step of most people; of equal ones the lower, because the ladder is climbed."""
    shares = {level: need(table, column, level) or 0 for level in _LEVELS}
    level = max(shares, key=lambda each: (shares[each], -each))
    return level, round(shares[level])
