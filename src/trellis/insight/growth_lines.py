"""How much those who answered in two waves grew, theme by theme, and what may be said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from trellis.insight.queries import Cell, Table
from trellis.insight.themes import Domain, Theme, Themes

Said = Literal["grew", "less", "no-change", "hint", "hidden"]
GREW: Said = "grew"
LESS: Said = "less"
NO_CHANGE: Said = "no-change"
HINT: Said = "hint"
HIDDEN: Said = "hidden"


@dataclass(frozen=True, slots=True)
class GrowthLine:
    """One theme: the released cell of everybody, and those of the groups in their order where they are asked for."""

    theme: Theme
    cell: Cell
    groups: tuple[Cell, ...]

    @property
    def said(self) -> Said:
        """What may be said of everybody."""
        return said(self.cell)


def said(cell: Cell) -> Said:
    """Return what may be claimed of a released change: nothing on too few people, and no more than its reach allows."""
    if cell.hidden:
        return HIDDEN
    if cell.give is None:
        return HINT
    change = cell.values["change"].value
    if change - cell.give > 0:
        return GREW
    return LESS if change + cell.give < 0 else NO_CHANGE


def growth_lines(themes: Themes, whole: Table, by: Table | None) -> list[tuple[Domain, list[GrowthLine]]]:
    """Return the lines by domain, from released tables of growth of everybody and by the groups of an attribute."""
    groups = by.groups if by is not None else ()

    def line(theme: Theme) -> GrowthLine:
        cells = tuple(by.cell(theme.column, group) for group in groups) if by is not None else ()
        return GrowthLine(theme, whole.cell(theme.column), cells)

    return [(domain, [line(theme) for theme in domain.themes]) for domain in themes.domains]


@dataclass(frozen=True)
class Summary:
    """What all lines say together: those that grew, the most first; how many only hint, and how many are hidden."""

    lines: tuple[GrowthLine, ...]

    @property
    def grew(self) -> list[GrowthLine]:
        """The themes of which growth may be claimed, the most first; equal ones in the order of themes."""
        found = [line for line in self.lines if line.said == GREW]
        return sorted(found, key=lambda line: -line.cell.values["change"].value)

    @property
    def compared(self) -> int:
        """How many themes enough people answered twice to compare means."""
        return sum(line.said in {GREW, LESS, NO_CHANGE} for line in self.lines)

    @property
    def hidden(self) -> int:
        """How many are hidden."""
        return sum(line.said == HIDDEN for line in self.lines)

    @property
    def people(self) -> tuple[int, int] | None:
        """The fewest and the most people that a shown theme stands on; None where none is shown."""
        shown = [line.cell.n for line in self.lines if line.cell.n is not None]
        return (min(shown), max(shown)) if shown else None


def summed_up(lines: Iterable[tuple[Domain, list[GrowthLine]]]) -> Summary:
    """Return the lines of all domains together."""
    return Summary(tuple(line for _domain, found in lines for line in found))
