"""Supply beside need: whom each level of each theme would help next, and the seats that teach it; released figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from trellis.insight.queries import Seats, Table, need
from trellis.insight.themes import Theme, Themes

_LEVELS = (1, 2, 3)
_MOST_UNMET = 5


@dataclass(frozen=True, slots=True)
class Meeting:
    """One level of one theme: about how many need it (None is hidden), of how many, and what teaches it in a year."""

    theme: Theme
    level: int
    need: int | None
    people: int | None
    seats: int
    sessions: int
    unlimited: int

    @property
    def unmet(self) -> int:
        """About how many find no seat; 0 where need is hidden, or a session takes as many as come."""
        return 0 if self.need is None or self.unlimited else max(0, self.need - self.seats)

    @property
    def is_bare(self) -> bool:
        """Whether nothing teaches it."""
        return not self.sessions

    @property
    def met(self) -> int | None:
        """Which share of those who need it finds a seat, in whole percent; None where nobody is known to need it."""
        if not self.need:
            return None
        return 100 if self.unlimited else min(100, round(100 * self.seats / self.need))


@dataclass(frozen=True, slots=True)
class ThemeMeeting:
    """A theme with its levels."""

    theme: Theme
    levels: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class DomainMeeting:
    """A domain with its themes."""

    name: str
    icon: str
    themes: tuple[ThemeMeeting, ...]


@dataclass(frozen=True)
class SupplyBoard:
    """The whole grid of a unit."""

    domains: tuple[DomainMeeting, ...]

    @property
    def cells(self) -> list[Meeting]:
        """All of it in order."""
        return [one for domain in self.domains for theme in domain.themes for one in theme.levels]

    @property
    def bare(self) -> int:
        """How many nothing teaches."""
        return sum(one.is_bare for one in self.cells)

    @property
    def hidden(self) -> int:
        """How many hide who needs them."""
        return sum(one.need is None for one in self.cells)

    @property
    def seats(self) -> int:
        """All seats; a session counts in each level that it teaches."""
        return sum(one.seats for one in self.cells)

    @property
    def most_unmet(self) -> list[Meeting]:
        """Where most people find no seat, the most first; five at most."""
        return [one for one in sorted(self.cells, key=lambda one: -one.unmet)[:_MOST_UNMET] if one.unmet]


def supply_board(themes: Themes, standing: Table, taught: Iterable[Seats]) -> SupplyBoard:
    """Lay what was to be taught in the year after the wave over the released needs."""
    given = {(one.theme, one.level): one for one in taught}

    def meeting(theme: Theme, level: int) -> Meeting:
        n, share = standing.cell(theme.column).n, need(standing, theme.column, level)
        found = given.get((theme.column, level), Seats(theme.column, level, 0, 0, 0))
        wanted = None if n is None or share is None else round(n * share / 100)
        return Meeting(theme, level, wanted, n, found.seats, found.sessions, found.unlimited)

    return SupplyBoard(
        tuple(
            DomainMeeting(
                domain.name,
                domain.icon,
                tuple(
                    ThemeMeeting(theme, tuple(meeting(theme, level) for level in _LEVELS)) for theme in domain.themes
                ),
            )
            for domain in themes.domains
        )
    )
