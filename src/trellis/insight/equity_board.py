"""From members to leaders by the groups of one attribute: who is there, who took part, who holds each role.

Made of released cells only: the shares of a group are those of numbers that the release shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from trellis.insight.queries import Cell, Checked, Table
from trellis.insight.role_lines import role_names
from trellis.insight.themes import Theme, Themes
from trellis.measure.endcoding import Coded, coded_percentage
from trellis.measure.gain import COMPARED_FROM

MEMBERS, TOOK_PART = "members", "took-part"
# Shares that differ by less are not spoken of as apart.
_APART = 10
_MOST_APART = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One group at one stage: how many, which share of that stage they are, and which of the members; None is hidden.

    `rate` is how many of the group answered, in percent; at the stage of who took part only.
    """

    group: str
    n: int | None
    share: Coded | None
    beside: Coded | None = None
    rate: Coded | None = None

    @property
    def points(self) -> int | None:
        """How many points its share lies above that of the members, where both are known exactly."""
        if self.share is None or self.beside is None or {self.share.end, self.beside.end} != {"exactly"}:
            return None
        return round(self.share.value - self.beside.value)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its groups: members, who took part, or a role by its code and name; `people` are all of them."""

    code: str
    name: str
    people: int | None
    parts: tuple[Part, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return all(part.n is None for part in self.parts)


def stages(everybody: Table, by_group: Table, holding: Table, holding_by_group: Table) -> list[Stage]:
    """Return the stages from members to each role; one query.

    The tables are those of participation for everybody and by groups, and those of the pipeline.
    """
    least = everybody.release.threshold
    members = _Stage(everybody.cell("members").n, {group: _members(by_group, group) for group in by_group.groups})
    beside = members.shares(least)
    answered = {group: by_group.cell("answered", group).n for group in by_group.groups}
    found = [(MEMBERS, "", members), (TOOK_PART, "", _Stage(everybody.cell("answered").n, answered))]
    for code, name in role_names(holding.columns).items():
        hold = {group: holding_by_group.cell(code, group).n for group in holding_by_group.groups}
        found.append((code, name, _Stage(holding.cell(code).n, hold)))
    return [
        Stage(
            code,
            name,
            stage.people,
            tuple(
                Part(
                    group,
                    stage.groups[group],
                    share,
                    beside.get(group) if code != MEMBERS else None,
                    by_group.rate(group) if code == TOOK_PART else None,
                )
                for group, share in stage.shares(least).items()
            ),
        )
        for code, name, stage in found
    ]


@dataclass(frozen=True, slots=True)
class _Stage:
    people: int | None
    groups: Mapping[str, int | None]

    def shares(self, least: int) -> dict[str, Coded | None]:
        whole = self.people
        return {
            group: None if n is None or whole is None else coded_percentage(min(n, whole), whole, least)
            for group, n in self.groups.items()
        }


def _members(by_group: Table, group: str) -> int | None:
    answered, silent = by_group.cell("answered", group).n, by_group.cell("silent", group).n
    return None if answered is None or silent is None else answered + silent


@dataclass(frozen=True, slots=True)
class Apart:
    """A theme in which two groups of many people stand far apart, with the lower and the higher released cell."""

    theme: Theme
    low: Cell
    high: Cell


def furthest_apart(themes: Themes, by_group: Table, measure: str) -> list[Apart]:
    """Return the themes in which two groups stand furthest apart, the widest first; four at most.

    Only groups of 100 people and more are compared, as means are: of fewer, chance alone would show a difference.
    """
    found = []
    for theme in themes:
        cells = [by_group.cell(theme.column, group) for group in by_group.groups if group not in {"not-said"}]
        many = [cell for cell in cells if cell.n is not None and cell.n >= COMPARED_FROM]
        if len(many) > 1:
            ranked = sorted(many, key=lambda cell: cell.values[measure].value)
            found.append(Apart(theme, ranked[0], ranked[-1]))

    def width(one: Apart) -> float:
        return one.high.values[measure].value - one.low.values[measure].value

    return [one for one in sorted(found, key=width, reverse=True)[:_MOST_APART] if width(one) >= _APART]


@dataclass(frozen=True, slots=True)
class Flag:
    """A question of a theme that works unlike for a group and all others who stand as high."""

    theme: Theme
    group: str
    checked: Checked


def flags(themes: Themes, found: Mapping[str, tuple[Checked, ...] | None]) -> list[Flag]:
    """Return what a check of the questions flagged and a second test confirms, by theme."""
    return [
        Flag(themes.by_column[one.theme], group, one)
        for group, checked in found.items()
        for one in checked or ()
        if one.flag != "none" and one.confirmed and one.theme in themes.by_column
    ]
