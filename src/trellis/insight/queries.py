"""Reads what has been released: pages, files, charts and the API take their figures from here and from nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from trellis.insight.models import Release, ReleasedTable
from trellis.measure.endcoding import Coded, End, coded_percentage
from trellis.people.models import Unit, UnitKind

Question = Literal["participation", "standing", "growth", "self-other", "coverage", "pipeline"]
# Why there is no figure. FEW says as little as it can: fewer than the threshold, or hidden to protect others.
Reason = Literal["", "few", "not-here", "not-asked"]
FEW: Reason = "few"
NOT_HERE: Reason = "not-here"
NOT_ASKED: Reason = "not-asked"

MEASURES: Mapping[Question, tuple[str, ...]] = {
    "participation": (),
    "standing": ("level1", "level2", "level3", "mean"),
    "growth": ("change",),
    "self-other": ("gap",),
    "coverage": ("ready", "nearly"),
    "pipeline": ("ending",),
}
_ENDS: Mapping[int, End] = {0: "exactly", 1: "at least", -1: "at most"}
_LEVELS = {UnitKind.NATIONAL: 0, UnitKind.STATE: 1, UnitKind.LOCAL: 2}


@dataclass(frozen=True, slots=True)
class Cell:
    """One group in one column: `n` people, the values that stand on them, and why they are hidden ("" if they are not).

    `give` is how far a mean may be off either way, where enough people answered to compare means.
    """

    group: str
    column: str
    n: int | None
    values: Mapping[str, Coded]
    give: float | None = None
    hidden: Reason = ""


@dataclass(frozen=True)
class Table:
    """A question about one unit as it was released, of everybody (`attribute` is "") or by the groups of an attribute.

    Columns are themes ("adv_1"), roles by code, or what was counted ("members", "answered", "silent").
    """

    release: Release
    question: Question
    unit: int
    attribute: str
    cells: tuple[Cell, ...]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Cell]:
        return {(cell.group, cell.column): cell for cell in self.cells}

    def cell(self, column: str, group: str = "") -> Cell:
        """Return one cell; raises KeyError for a column or group that the table does not have."""
        return self._by_key[group, column]

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of its groups, in their order; one "" for everybody."""
        return tuple(dict.fromkeys(cell.group for cell in self.cells))

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, in their order."""
        return tuple(dict.fromkeys(cell.column for cell in self.cells))

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return all(cell.hidden for cell in self.cells)

    def rate(self, group: str = "") -> Coded | None:
        """Return how many of the members answered, in percent; None where that is hidden. For participation only."""
        answered = self.cell("answered", group).n
        rest = self.cell("silent" if self.attribute else "members", group).n
        if answered is None or rest is None:
            return None
        return coded_percentage(answered, answered + rest if self.attribute else rest, self.release.threshold)


@dataclass(frozen=True, slots=True)
class Seats:
    """What was to be taught of one level of one theme in the year after a wave; `unlimited` sessions have no seats."""

    theme: str
    level: int
    sessions: int
    seats: int
    unlimited: int


def releases() -> list[Release]:
    """Return all releases with their waves, newest first; one query."""
    return list(Release.objects.select_related("wave"))


def latest_release() -> Release | None:
    """Return the newest release with its wave, None before the first; one query."""
    return Release.objects.select_related("wave").first()


def release_of(wave_code: str) -> Release | None:
    """Return the release of a wave, None when it is not released; one query."""
    return Release.objects.select_related("wave").filter(wave__code=wave_code).first()


def released_table(release: Release, question: Question, unit: Unit, attribute: str = "") -> Table:
    """Return what a release shows of one unit; one query. Raises LookupError for a question or attribute without name.

    Where a release holds nothing of the unit, all cells are there and hidden, with the reason.
    """
    return released_tables(release, question, [unit], attribute)[unit.pk]


def released_tables(
    release: Release, question: Question, units: Iterable[Unit], attribute: str = ""
) -> dict[int, Table]:
    """Return the same of many units, by their keys and in their order; one query."""
    if question not in MEASURES or (attribute and attribute not in groups_by_attribute(release)):
        raise LookupError(f"there is nothing about {question!r} by {attribute or 'nothing'!r}")
    asked = {unit.pk: unit for unit in units}
    rows = ReleasedTable.objects.filter(release=release, question=question, attribute=attribute, unit__in=asked)
    contents = dict(rows.values_list("unit", "content"))
    return {
        key: Table(
            release, question, key, attribute, tuple(_cells(release, question, unit, attribute, contents.get(key)))
        )
        for key, unit in asked.items()
    }


def seats(release: Release, unit: Unit) -> tuple[Seats, ...]:
    """Return what was to be taught in a unit in the year after the wave; one query."""
    row = ReleasedTable.objects.filter(release=release, question="supply", unit=unit).values_list("content").first()
    return tuple(Seats(*entry) for entry in row[0]["rows"]) if row is not None else ()


@dataclass(frozen=True, slots=True)
class Checked:
    """How a question of one theme works for a group beside all others who stand as high: above 0 it answers higher.

    `flag` is none, moderate or large; a flag is for a panel to look at, and decides nothing.
    """

    theme: str
    flag: Literal["none", "moderate", "large"]
    difference: float | None
    confirmed: bool


def fairness(release: Release, unit: Unit, attribute: str) -> dict[str, tuple[Checked, ...] | None]:
    """Return by group what the check of the association's answers found; one query.

    None stands for too few people to check fairness, which is not the same as fair; groups that are hidden are left
    out. Only the association as a whole is checked: another unit has nothing.
    """
    rows = ReleasedTable.objects.filter(release=release, question="fairness", attribute=attribute, unit=unit)
    found = rows.values_list("content", flat=True).first()
    groups = found["groups"] if found is not None else {}
    return {
        group: None if groups[group] is None else tuple(Checked(*row) for row in groups[group])
        for group in groups_by_attribute(release).get(attribute, ())
        if group in groups
    }


def need(table: Table, column: str, level: int, group: str = "") -> float | None:
    """Return the share of those who answered whose next step is this level, in whole percent; None where hidden.

    It is made of the released shares, so that it tells nothing more; for standing only.
    """
    values = table.cell(column, group).values
    if not values:
        return None
    below = values[f"level{level - 1}"].value if level > 1 else 100
    return max(0, below - values[f"level{level}"].value)


def broken_down(release: Release, unit: Unit) -> tuple[str, ...]:
    """Return the codes of the attributes by which a release shows units of this kind."""
    level = _LEVELS.get(UnitKind(unit.kind), 3)
    return tuple(one["code"] for one in release.content["attributes"] if _LEVELS[UnitKind(one["lowest"])] >= level)


def groups_by_attribute(release: Release) -> dict[str, tuple[str, ...]]:
    """Return the codes of all attributes that a release is broken down by, with the codes of their groups."""
    return {one["code"]: tuple(one["groups"]) for one in release.content["attributes"]}


def _cells(
    release: Release, question: Question, unit: Unit, attribute: str, content: dict[str, Any] | None
) -> Iterable[Cell]:
    names = release.content["columns_by" if attribute else "columns"].get(question, ())
    groups = [*groups_by_attribute(release)[attribute], "not-said", "elsewhere"] if attribute else [""]
    reason = _reason(release, question, unit, attribute)
    held = {} if content is None else {group: row for row, group in enumerate(content["groups"])}
    for group in groups:
        row = held.get(group)
        if row is None and group in {"not-said", "elsewhere"}:
            continue  # nobody may be in it at all, and it is nobody's own group
        for place, name in enumerate(names):
            n = content["n"][row][place] if content is not None and row is not None else None
            if content is None or row is None or n is None:
                yield Cell(group, name, None, {}, hidden=reason)
            else:
                yield Cell(group, name, n, dict(_values(question, content, row, place)), _give(content, row, place))


def _reason(release: Release, question: Question, unit: Unit, attribute: str) -> Reason:
    if attribute and attribute not in broken_down(release, unit):
        return NOT_HERE
    return NOT_ASKED if question == "growth" and not release.content["then"] else FEW


def _values(question: Question, content: dict[str, Any], row: int, place: int) -> Iterable[tuple[str, Coded]]:
    for name in MEASURES[question]:
        yield name, Coded(_ENDS[content[f"{name}_end"][row][place]], content[name][row][place])


def _give(content: dict[str, Any], row: int, place: int) -> float | None:
    found: float | None = content["give"][row][place] if "give" in content else None
    return found
