"""Where the members of a unit and of its parts stand by theme, as the dashboard shows it; made of released cells only.

Order, heat and counts come from what is shown, so a hidden cell looks and weighs the same whatever stands behind it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trellis.insight.chosen import Chosen
from trellis.insight.queries import Cell, Table, released_table
from trellis.insight.themes import Theme, Themes
from trellis.people.models import Unit

INVEST, SHARE = 4, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One theme: the cell of the unit as a whole, and those of its parts in their order."""

    theme: Theme
    whole: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A domain with its lines."""

    name: str
    icon: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Board:
    """All lines by domain; `measure` is the released value that is read, such as `level2`."""

    measure: str
    groups: tuple[Group, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def cells(self) -> int:
        """How many cells the parts have."""
        return sum(len(line.parts) or 1 for line in self.lines)

    @cached_property
    def hidden(self) -> int:
        """How many of them are hidden."""
        return sum(bool(cell.hidden) for line in self.lines for cell in line.parts or (line.whole,))

    @cached_property
    def by_share(self) -> list[Line]:
        """The themes whose share of the whole is shown, from the lowest; equal ones in the order of themes."""
        shown = [line for line in self.lines if not line.whole.hidden]
        return sorted(shown, key=lambda line: line.whole.values[self.measure].value)

    @property
    def invest(self) -> list[Line]:
        """The lowest few."""
        return self.by_share[:INVEST]

    @property
    def strengths(self) -> list[Line]:
        """The highest few that are not among the lowest, from the highest."""
        return self.by_share[INVEST:][::-1][:SHARE]

    @property
    def is_whole(self) -> bool:
        """Whether every theme of the whole is shown."""
        return not any(line.whole.hidden for line in self.lines)

    @cached_property
    def share(self) -> int | None:
        """Return how many of the answers shown stand at the level or above, in whole percent; None without any.

        It is made of the released shares and numbers of people, so it tells nothing more than they do.
        """
        wholes = [line.whole for line in self.lines if not line.whole.hidden]
        people = sum(cell.n or 0 for cell in wholes)
        if not people:
            return None
        return round(sum((cell.n or 0) * cell.values[self.measure].value for cell in wholes) / people)


def board(themes: Themes, unit: Unit, parts: Sequence[Unit], tables: Mapping[int, Table], level: int) -> Board:
    """Return the board of a unit and some of its parts, from released tables of standing by the units' keys."""

    def line(theme: Theme) -> Line:
        return Line(
            theme, tables[unit.pk].cell(theme.column), tuple(tables[part.pk].cell(theme.column) for part in parts)
        )

    return _laid(themes, line, level)


def group_board(themes: Themes, everybody: Table, by_group: Table, level: int) -> Board:
    """Return the board of a unit by the groups of an attribute, from its two released tables of standing."""

    def line(theme: Theme) -> Line:
        groups = tuple(by_group.cell(theme.column, group) for group in by_group.groups)
        return Line(theme, everybody.cell(theme.column), groups)

    return _laid(themes, line, level)


def _laid(themes: Themes, line: Callable[[Theme], Line], level: int) -> Board:
    return Board(
        f"level{level}",
        tuple(Group(domain.name, domain.icon, tuple(map(line, domain.themes))) for domain in themes.domains),
    )


def earlier_share(chosen: Chosen) -> int | None:
    """Return the share of the wave before, to be read beside this one; None without one that asked the same.

    It is no growth, because other people answered. One query.
    """
    if chosen.earlier is None:
        return None
    asked = {one["column"] for one in chosen.earlier.content["themes"]}
    if any(theme.column not in asked for theme in chosen.themes):
        return None
    before = {chosen.unit.pk: released_table(chosen.earlier, "standing", chosen.unit)}
    return board(chosen.themes, chosen.unit, (), before, chosen.level).share
