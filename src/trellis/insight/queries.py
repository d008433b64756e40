"""Reads what has been released: pages, files, charts and the API take their figures from here and from nowhere else."""

from collections.abc import Iterable, Iterator, Mapping
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


class _Values(Mapping[str, Coded]):
    """The values of one cell by their names. Each is made when it is read: a page reads one of four, of hundreds."""

    __slots__ = ("_content", "_names", "_place", "_row")

    def __init__(self, names: tuple[str, ...], content: Mapping[str, Any], row: int, place: int) -> None:
        self._names, self._content, self._row, self._place = names, content, row, place

    def __getitem__(self, name: str) -> Coded:
        if name not in self._names:
            raise KeyError(name)
        row, place = self._row, self._place
        return Coded(_ENDS[self._content[f"{name}_end"][row][place]], self._content[name][row][place])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


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

    `groups` are codes in their order, one "" for everybody; `columns` are themes ("adv_1"), roles by code, or what was
    counted ("members", "answered", "silent"). `content` is what the release holds, `reason` why it lacks the rest.
    """

    release: Release
    question: Question
    unit: int
    attribute: str
    groups: tuple[str, ...]
    columns: tuple[str, ...]
    content: Mapping[str, Any]
    reason: Reason

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {group: row for row, group in enumerate(self.content.get("groups", ()))}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {column: place for place, column in enumerate(self.columns)}

    def cell(self, column: str, group: str = "") -> Cell:
        """Return one cell; raises KeyError for a column or group that the table does not have."""
        if group not in self.groups:
            raise KeyError(group)
        place, row = self._places[column], self._rows.get(group)
        n = None if row is None else self.content["n"][row][place]
        if row is None or n is None:
            return Cell(group, column, None, {}, hidden=self.reason)
        values = _Values(MEASURES[self.question], self.content, row, place)
        return Cell(group, column, n, values, self.content["give"][row][place] if "give" in self.content else None)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of its cells, group by group."""
        return tuple(self.cell(column, group) for group in self.groups for column in self.columns)

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
    return released_questions(release, [question], units, attribute)[question]


def released_questions(
    release: Release, questions: Iterable[Question], units: Iterable[Unit], attribute: str = ""
) -> dict[Question, dict[int, Table]]:
    """Return the same by question; one query for all."""
    asked, about = list(questions), {unit.pk: unit for unit in units}
    for question in asked:
        if question not in MEASURES or (attribute and attribute not in groups_by_attribute(release)):
            raise LookupError(f"there is nothing about {question!r} by {attribute or 'nothing'!r}")
    rows = ReleasedTable.objects.filter(release=release, question__in=asked, attribute=attribute, unit__in=about)
    found = rows.order_by().values_list("question", "unit", "content")
    contents = {(question, unit): content for question, unit, content in found}
    return {
        question: {
            key: _table(release, question, unit, attribute, contents.get((question, key), {}))
            for key, unit in about.items()
        }
        for question in asked
    }


def _table(release: Release, question: Question, unit: Unit, attribute: str, content: Mapping[str, Any]) -> Table:
    return Table(
        release=release,
        question=question,
        unit=unit.pk,
        attribute=attribute,
        groups=_groups(release, attribute, content),
        columns=tuple(release.content["columns_by" if attribute else "columns"].get(question, ())),
        content=content,
        reason=_reason(release, question, unit, attribute),
    )


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


def _groups(release: Release, attribute: str, content: Mapping[str, Any]) -> tuple[str, ...]:
    """The groups of a table. Nobody may be in the last two at all, and they are nobody's own group."""
    if not attribute:
        return ("",)
    held = content.get("groups", ())
    return (*groups_by_attribute(release)[attribute], *(group for group in ("not-said", "elsewhere") if group in held))


def _reason(release: Release, question: Question, unit: Unit, attribute: str) -> Reason:
    if attribute and attribute not in broken_down(release, unit):
        return NOT_HERE
    return NOT_ASKED if question == "growth" and not release.content["then"] else FEW
