"""Counts as they are, before the gate: each question at every place, of everybody or by the groups of one attribute."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from trellis.insight.facts.arranging import column
from trellis.insight.facts.layout import NOT_SAID
from trellis.insight.facts.manifest import AttributeColumn
from trellis.insight.gate.places import Figures, Ints, Places
from trellis.insight.gate.values import Scale

EVERYBODY = ""
# The column that says in which group of an attribute people are, whichever attribute is asked about.
GROUP = "grp"
# Who was in another group at the earlier wave: counted in no group's growth, and yet in everybody's.
ELSEWHERE = -1
ELSEWHERE_CODE, NOT_SAID_CODE = "elsewhere", "not-said"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value is called and can be, and how it is read from a row of counts: a column's name, times a factor."""

    name: str
    scale: Scale
    suffix: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Raw:
    """One question's counts: people, and the sums that values are made of (places x groups x columns).

    `groups` are numbers as the facts hold them, one 0 for everybody. Locals are always counted; `of_locals` says
    whether anything of them may be shown.
    """

    question: str
    attribute: str
    groups: tuple[int, ...]
    of_locals: bool
    columns: tuple[str, ...]
    people: Figures
    measures: tuple[Measure, ...]
    sums: tuple[Figures, ...]
    squares: Figures | None = None  # of the first measure's answers, where its mean is to have an interval

    @property
    def pseudo(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Which groups are none that anybody counts themselves in: where nobody is in them, nothing is hidden."""
        return np.array([group in {NOT_SAID, ELSEWHERE} and bool(self.attribute) for group in self.groups])


@dataclass(frozen=True, slots=True)
class Laid:
    """How rows of counts become figures: the groups of an attribute, and whether locals may be broken down by it."""

    places: Places
    attribute: str
    groups: tuple[int, ...]
    of_locals: bool

    def levels(self, *, adds_up: bool) -> tuple[tuple[str, ...], ...]:
        """By which columns a question is asked: for locals, and where these do not add up, for what is above too."""
        group = (GROUP,) if self.attribute else ()
        of_locals = ("state", "local", *group)
        return (of_locals,) if adds_up else (of_locals, ("state", *group), group)

    def figures(self, tables: Mapping[tuple[str, ...], pa.Table], names: Sequence[str]) -> Figures:
        """Return columns of tables (by what they are asked by) as figures; what no row is about is 0."""
        locals_, *above = (self._placed(table, names, by) for by, table in tables.items())
        if above:
            return Figures.with_rest(above[1][0], above[0], locals_, self.places)
        return Figures.added_up(locals_, self.places)

    def _placed(self, table: pa.Table, names: Sequence[str], by: tuple[str, ...]) -> Ints:
        if "local" in by:
            rows = self.places.local_rows(column(table, "state"), column(table, "local"))
            height = len(self.places.locals)
        elif "state" in by:
            rows, height = self.places.state_rows(column(table, "state")), len(self.places.states)
        else:
            rows, height = np.zeros(table.num_rows, np.int64), 1
        found = np.zeros((height, len(self.groups), len(names)), np.int64)
        group = column(table, GROUP) if self.attribute else 0
        place_of = np.full(max(self.groups, default=0) + 1, -1)
        place_of[[max(one, 0) for one in self.groups if one >= 0]] = [
            at for at, one in enumerate(self.groups) if one >= 0
        ]
        at = np.broadcast_to(place_of[group] if self.attribute else 0, rows.shape)
        there = (rows >= 0) & (at >= 0)
        for place, name in enumerate(names):
            np.add.at(found[..., place], (rows[there], at[there]), column(table, name)[there])
        return found


Asked = Callable[[tuple[str, ...]], pa.Table]


def counted(
    question: str,
    laid: Laid,
    ask: Asked,
    *,
    columns: Mapping[str, str],
    measures: Sequence[Measure] = (),
    squares: str = "",
    adds_up: bool = True,
) -> Raw:
    """Ask a question at every kind of place, and lay its counts.

    `columns` are what the table is about, each with the column that counts its people; those of a measure, and of
    `squares`, are named by a suffix behind the column's own name. Not `adds_up`: who is counted in a state may be
    counted in none of its locals.
    """
    tables = {by: ask(by) for by in laid.levels(adds_up=adds_up)}

    def summed(suffix: str, factor: float) -> Figures:
        found = laid.figures(tables, [f"{name}{suffix}" for name in columns])
        return found.each(lambda counts: counts * factor)

    return Raw(
        question,
        laid.attribute,
        laid.groups,
        laid.of_locals,
        tuple(columns),
        laid.figures(tables, list(columns.values())),
        tuple(measures),
        tuple(summed(measure.suffix, measure.factor) for measure in measures),
        summed(squares, measures[0].factor ** 2) if squares else None,
    )


def beside(raws: Sequence[Raw]) -> Raw:
    """Return tables of one question with different columns as one."""
    first = raws[0]

    def joined(figures: Sequence[Figures]) -> Figures:
        return figures[0].each(lambda *all_: np.concatenate(all_, axis=-1), *figures[1:])

    return replace(
        first,
        columns=tuple(name for raw in raws for name in raw.columns),
        people=joined([raw.people for raw in raws]),
        sums=tuple(joined([raw.sums[place] for raw in raws]) for place in range(len(first.measures))),
    )


def with_elsewhere(raw: Raw, everybody: Raw) -> Raw:
    """Return a table by groups with one more: who is counted among everybody and in no group."""

    def added(figures: Figures, whole: Figures) -> Figures:
        return figures.each(
            lambda groups, of_all: np.concatenate([groups, of_all - groups.sum(axis=-2, keepdims=True)], axis=-2), whole
        )

    return replace(
        raw,
        groups=(*raw.groups, ELSEWHERE),
        people=added(raw.people, everybody.people),
        sums=tuple(added(*both) for both in zip(raw.sums, everybody.sums, strict=True)),
        squares=added(raw.squares, everybody.squares) if raw.squares and everybody.squares else None,
    )


def codes_of(raw: Raw, attribute: AttributeColumn | None) -> list[str]:
    """Return the codes of a table's groups; that of everybody is empty."""
    if attribute is None:
        return [EVERYBODY]
    names = {NOT_SAID: NOT_SAID_CODE, ELSEWHERE: ELSEWHERE_CODE} | dict(enumerate(attribute.groups, 1))
    return [names[group] for group in raw.groups]
