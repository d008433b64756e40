"""A released 360 beside the person's own answers and evidence, theme by theme. A pure calculation."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from trellis.assessment.models import Relation
from trellis.assessment.relations import ORDER
from trellis.assessment.releasing import Report
from trellis.framework.tree import DomainNode, EditionTree, ThemeNode
from trellis.growth.seen import strength_of
from trellis.growth.standing import Standing, ThemeStanding
from trellis.measure.blup import RatingModel
from trellis.measure.change import claims_gap
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL
from trellis.measure.precision import median_error


@dataclass(frozen=True, slots=True)
class Column:
    """A group that is shown, or a rater who is shown by name (`name`); how many they are and what that is worth."""

    relation: str
    name: str
    raters: int
    strength: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says of a theme; without half-steps too few have seen it, or the named rater has not.

    `gap` is +1 when the person stands higher in their own eyes by more than chance, -1 when lower, else 0.
    """

    column: Column
    half_steps: int | None
    raters: int
    strength: str
    gap: int


@dataclass(frozen=True, slots=True)
class Row:
    """One theme: the person's own answer, a cell for each column, and the levels that evidence supports."""

    theme: ThemeNode
    own: ThemeStanding
    cells: tuple[Cell, ...]
    evidence: tuple[int, ...]

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """The groups that see the theme differently than the person, by more than chance."""
        return tuple(cell for cell in self.cells if cell.gap)


@dataclass(frozen=True, slots=True)
class Part:
    """A domain's rows."""

    domain: DomainNode
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """A whole report: never one number, always a profile."""

    columns: tuple[Column, ...]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in the framework's order."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def differing(self) -> tuple[Row, ...]:
        """Themes that somebody sees differently by more than chance."""
        return tuple(row for row in self.rows if row.gaps)

    @property
    def hidden(self) -> int:
        """How many themes of shown groups too few have seen."""
        return sum(not cell.column.name and cell.half_steps is None for row in self.rows for cell in row.cells)

    @property
    def is_merged(self) -> bool:
        """Whether kinds of rater that were too few are shown together."""
        return any(column.relation == Relation.OTHER for column in self.columns)


def feedback_of(
    report: Report,
    tree: EditionTree,
    domains: tuple[DomainNode, ...],
    *,
    own: Standing,
    evidence: Mapping[uuid.UUID, tuple[int, ...]],
    model: RatingModel,
) -> Feedback:
    """Join what others said with the person's own answers and evidence, for the domains that were asked about.

    `model` says how much ratings vary.
    """
    columns = _columns(report)
    mine = {theme.theme.uid: theme for theme in own.themes}
    parts = []
    for domain in domains:
        rows = []
        for theme in domain.themes:
            said = mine[theme.uid]
            cells = tuple(_cell(report, column, theme, said, model) for column in columns)
            rows.append(Row(theme, said, cells, evidence.get(theme.uid, ())))
        parts.append(Part(domain, tuple(rows)))
    return Feedback(columns, tuple(parts))


def _columns(report: Report) -> tuple[Column, ...]:
    groups = [Column(kind, "", raters, strength_of(kind, raters).word) for kind, raters in report.groups.items()]
    named = [Column(one.relation, one.name, 1, strength_of(one.relation, 1).word) for one in report.named]
    return tuple(sorted([*groups, *named], key=lambda column: ORDER.index(column.relation)))


def _cell(report: Report, column: Column, theme: ThemeNode, own: ThemeStanding, model: RatingModel) -> Cell:
    key = str(theme.uid)
    if column.name:
        found = next(one for one in report.named if (one.name, one.relation) == (column.name, column.relation))
        return Cell(column, found.themes.get(key), 1, column.strength, 0)
    median, raters = report.themes.get(key, {}).get(column.relation, (None, 0))
    if median is None:
        return Cell(column, None, 0, "", 0)
    gap, others = 0, median / HALF_STEPS_PER_LEVEL
    error = median_error(model.severity + model.halo + model.error, raters)
    if own.is_known and claims_gap(own.levels, others, own_error=model.error, others_error=error):
        gap = 1 if own.levels > others else -1
    return Cell(column, median, raters, strength_of(column.relation, raters).word, gap)
