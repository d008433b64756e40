"""A reader of a release who tries to work out what it hides, knowing only what is published and who is where."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

from tests.insight.drawn import TOP, Someone
from trellis.insight.facts.manifest import Manifest
from trellis.insight.gate.releasing import Made, contents

Key = tuple[str, str, int]


@dataclass(frozen=True)
class Reading:
    """What is published, by question, attribute and unit; and which unit lies in which, as everybody knows."""

    tables: dict[Key, dict[str, Any]]
    columns: dict[tuple[str, bool], tuple[str, ...]]
    parts: dict[int, list[int]]

    def count(self, question: str, attribute: str, unit: int, group: str, column: str) -> int | None:
        """Return a published count, None for a hidden one."""
        content = self.tables.get((question, attribute, unit))
        if content is None or group not in content["groups"]:
            return None
        place = self.columns[question, bool(attribute)].index(column)
        found: int | None = content["n"][content["groups"].index(group)][place]
        return found

    def known(self, question: str, value: str, unit: int, column: str) -> tuple[float, float]:
        """Return between which bounds a published percentage of everybody says that a sum lies."""
        content = self.tables[question, "", unit]
        place = self.columns[question, False].index(column)
        n, share, end = content["n"][0][place], content[value][0][place], content[f"{value}_end"][0][place]
        return n * (0 if end < 0 else max(0, share - 0.5)), n * (100 if end > 0 else min(100, share + 0.5))


def read(made: Made, manifest: Manifest, people: Sequence[Someone]) -> Reading:
    """Return what a release tells everybody."""
    tables = {
        (question, attribute, unit): content for question, attribute, unit, content in contents(made, manifest, TOP)
    }
    columns = {(table.raw.question, bool(table.raw.attribute)): table.raw.columns for table in made.tables}
    parts: dict[int, set[int]] = defaultdict(set)
    for one in people:
        parts[TOP].add(one.state)
        parts[one.state].add(one.local)
    return Reading(tables, columns, {unit: sorted(inside - {0}) for unit, inside in parts.items() if unit})


def true_count(made: Made, question: str, attribute: str, column: str, *, group: int, unit: int) -> int:
    """Return how many people a figure is really about; those whom all tables leave out are in none of them."""
    raw = next(table.raw for table in made.tables if (table.raw.question, table.raw.attribute) == (question, attribute))
    places, at = made.places, (raw.groups.index(group), raw.columns.index(column))
    if unit == TOP:
        return int(raw.people.top[at])
    if unit in places.states:
        return int(raw.people.states[places.states.tolist().index(unit)][at])
    return int(raw.people.locals[places.locals.tolist().index(unit)][at])


def by_subtraction(reading: Reading) -> Iterator[tuple[Key, str, float]]:
    """Yield what plain subtraction tells of hidden counts of units: a whole less all of its parts that are shown."""
    for question, grouped in reading.columns:
        for column in reading.columns[question, grouped] if not grouped else ():
            for unit, parts in reading.parts.items():
                whole = reading.count(question, "", unit, "", column)
                shown = [reading.count(question, "", part, "", column) for part in parts]
                if whole is not None and None in shown:
                    left = whole - sum(count or 0 for count in shown)
                    if shown.count(None) == 1 or 0 < left < 10:
                        yield (question, "", unit), column, left


def by_programming(
    reading: Reading, attribute: str, groups: Sequence[str]
) -> Iterator[tuple[str, str, int, str, tuple[float, float]]]:
    """Yield between which bounds each hidden count of a group lies, by everything that is published around it.

    For each question and column: the unit's question, column, unit and group, and its bounds.
    """
    for question, grouped in reading.columns:
        for column in reading.columns[question, grouped] if grouped else ():
            for unit, parts in reading.parts.items():
                yield from _bounds(reading, question, column, (attribute, groups), (unit, parts))


def _row_total(reading: Reading, question: str, column: str, unit: int) -> int | None:
    if column != "silent":
        return reading.count(question, "", unit, "", column)
    members, answered = (reading.count(question, "", unit, "", name) for name in ("members", "answered"))
    return None if members is None or answered is None else members - answered


def _bounds(
    reading: Reading, question: str, column: str, by: tuple[str, Sequence[str]], family: tuple[int, Sequence[int]]
) -> Iterator[tuple[str, str, int, str, tuple[float, float]]]:
    (attribute, groups), (unit, parts) = by, family
    # One unknown for each part and group, and for who is in the unit and in none of its parts.
    rows = [*parts, -1]
    place = {(row, group): at for at, (row, group) in enumerate((r, g) for r in rows for g in groups)}
    left, right = [], []

    def know(cells: Sequence[tuple[int, str]], total: float | None) -> None:
        if total is not None:
            line = np.zeros(len(place))
            line[[place[cell] for cell in cells]] = 1
            left.append(line)
            right.append(total)

    for part in parts:
        know([(part, group) for group in groups], _row_total(reading, question, column, part))
        for group in groups:
            know([(part, group)], reading.count(question, attribute, part, group, column))
    for group in groups:
        know([(row, group) for row in rows], reading.count(question, attribute, unit, group, column))
    know(list(place), _row_total(reading, question, column, unit))
    for (row, group), at in place.items():
        if row == -1 or reading.count(question, attribute, row, group, column) is not None:
            continue
        if not left:
            yield question, column, row, group, (0.0, np.inf)
            continue
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(place))
            aim[at] = sign
            found = linprog(aim, A_eq=np.array(left), b_eq=np.array(right), bounds=(0, None), method="highs")
            assert found.status in {0, 3}, "what is published fits together"
            ends.append(found.fun * sign if found.status == 0 else np.inf)
        yield question, column, row, group, (ends[0], ends[1])
