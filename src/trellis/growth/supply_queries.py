"""Supply beside need: what teaches each cell within reach of a unit, its seats ahead, and how many need it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from trellis.core import clock
from trellis.framework.tree import CellNode, DomainNode, EditionTree, ThemeNode
from trellis.growth.models import NeedRelease
from trellis.growth.need_queries import need_in
from trellis.learning.models import Format, OfferingCell, OfferingStatus, Place, Session, SessionStatus
from trellis.people.models import Unit, around, within

Cell = tuple[uuid.UUID, int]
# Shares of the people who answered, in five bins as on the heat map; below 20 %, below 40 % and so on.
_BINS = 5


@dataclass(frozen=True, slots=True)
class Supply:
    """What teaches one cell: listed offerings, and seats in sessions ahead; `is_open` where as many as come may."""

    offerings: int = 0
    seats: int = 0
    is_open: bool = False


NOTHING = Supply()


def supply_of(unit: Unit, *, days: int) -> dict[Cell, Supply]:
    """Return what teaches each cell within reach of a unit, by theme and level; two queries.

    Within reach is what the unit, a unit inside it or one around it arranges; seats are those of sessions that begin in
    so many days from now. What is taken at one's own pace has a seat for everybody.
    """
    listed = Q(offering__status=OfferingStatus.LISTED)
    taught = (
        OfferingCell.objects.filter(listed, _reach(unit, "offering__unit__"), place=Place.TEACHES)
        .values_list("theme_uid", "level")
        .annotate(
            offerings=Count("offering", distinct=True),
            any_time=Count("offering", filter=Q(offering__format=Format.SELF_PACED)),
        )
        .order_by()
    )
    now = clock.now()
    ahead = (
        Session.objects.filter(
            listed,
            _reach(unit, "unit__"),
            status=SessionStatus.PLANNED,
            starts_at__gt=now,
            starts_at__lte=now + dt.timedelta(days=days),
            offering__cells__place=Place.TEACHES,
        )
        .values_list("offering__cells__theme_uid", "offering__cells__level")
        .annotate(places=Sum("seats"), boundless=Count("pk", filter=Q(seats=None)))
        .order_by()
    )
    seats = {(theme, level): (places or 0, boundless) for theme, level, places, boundless in ahead}
    return {
        (theme, level): Supply(
            offerings, seats.get((theme, level), (0, 0))[0], bool(any_time or seats.get((theme, level), (0, 0))[1])
        )
        for theme, level, offerings, any_time in taught
    }


def _reach(unit: Unit, path: str) -> Q:
    return within([unit], path) | around([unit], path)


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell: what teaches it, who needs it (None for hidden), and which of the five heats that is."""

    cell: CellNode
    supply: Supply
    need: int | None
    heat: int

    @property
    def is_bare(self) -> bool:
        """Whether no offering teaches it."""
        return not self.supply.offerings

    @property
    def unmet(self) -> int:
        """How many more people need it than there are seats; 0 where needs are hidden or seats have no end."""
        return 0 if self.need is None or self.supply.is_open else max(0, self.need - self.supply.seats)


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with its cells."""

    theme: ThemeNode
    cells: tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class DomainLines:
    """A domain with its themes."""

    domain: DomainNode
    themes: tuple[ThemeLine, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A unit's whole grid; `people` is None where it is hidden who answered."""

    domains: tuple[DomainLines, ...]
    people: int | None

    @property
    def cells(self) -> list[tuple[ThemeNode, CellLine]]:
        """All cells in order, with their themes."""
        return [(line.theme, one) for domain in self.domains for line in domain.themes for one in line.cells]

    @property
    def bare(self) -> int:
        """How many cells no offering teaches."""
        return sum(one.is_bare for _theme, one in self.cells)

    @property
    def hidden(self) -> int:
        """How many cells hide who needs them."""
        return sum(one.need is None for _theme, one in self.cells)

    def most_unmet(self, most: int) -> list[tuple[ThemeNode, CellLine]]:
        """Return the cells in which most people find no seat, the most first; those without unmet need are left out."""
        found = sorted(self.cells, key=lambda pair: -pair[1].unmet)
        return [pair for pair in found[:most] if pair[1].unmet]


def coverage(tree: EditionTree, supply: Mapping[Cell, Supply], released: NeedRelease | None) -> Coverage:
    """Lay supply and released needs over the grid."""
    people = released.people if released else None

    def line(theme: ThemeNode, cell: CellNode) -> CellLine:
        need = need_in(released, theme.code, cell.level)
        return CellLine(cell, supply.get((theme.uid, cell.level), NOTHING), need, heat_of(need, people))

    return Coverage(
        tuple(
            DomainLines(
                domain,
                tuple(ThemeLine(theme, tuple(line(theme, cell) for cell in theme.cells)) for theme in domain.themes),
            )
            for domain in tree.domains
        ),
        people,
    )


def heat_of(need: int | None, people: int | None) -> int:
    """Return the bin from 1 to 5 of the share of people who need a cell, 0 for hidden."""
    if need is None or not people:
        return 0
    return min(_BINS, 1 + need * _BINS // people)
