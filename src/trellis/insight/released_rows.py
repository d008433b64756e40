"""Released cells as plain rows, one a cell: for files, the command line and whoever reads them with other tools."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from trellis.core.sheets.writer import Value
from trellis.insight.models import Release
from trellis.insight.queries import MEASURES, Question, Table, fairness, groups_by_attribute, released_tables, seats
from trellis.people.models import Unit

FAIRNESS, SUPPLY, EVERYTHING = "fairness", "supply", "everything"
QUESTIONS: tuple[str, ...] = (*MEASURES, SUPPLY, FAIRNESS)
_CELLS = ("wave", "edition", "question", "unit", "kind", "attribute", "group", "about", "n", "hidden")
_GIVE = "plus_minus"
_HEADERS: dict[str, tuple[str, ...]] = {
    SUPPLY: ("wave", "edition", "unit", "kind", "about", "level", "sessions", "seats", "unlimited"),
    FAIRNESS: ("wave", "edition", "unit", "kind", "attribute", "group", "about", "flag", "difference", "confirmed"),
}


def header(question: str) -> tuple[str, ...]:
    """Return the names of the columns of a question; of everything, those of all that have cells."""
    if question in _HEADERS:
        return _HEADERS[question]
    asked = [name for name in MEASURES if question in {name, EVERYTHING}]
    values = dict.fromkeys(value for name in asked for value in MEASURES[name])
    ends = (column for value in values for column in (value, f"{value}_end"))
    return (*_CELLS, *ends, *((_GIVE,) if "growth" in asked else ()))


def rows(release: Release, question: str, units: Iterable[Unit], attribute: str = "") -> Iterator[list[Value]]:
    """Yield the rows of a question about these units, in the order of `header`; everything takes every attribute.

    Raises LookupError for a question or an attribute without name.
    """
    asked = list(units)
    about = {theme["column"]: theme["code"] for theme in release.content["themes"]}
    if question == SUPPLY:
        yield from _supply(release, asked, about)
    elif question == FAIRNESS:
        yield from _fairness(release, asked, attribute, about)
    elif question == EVERYTHING:
        for each in MEASURES:
            for one in ("", *groups_by_attribute(release)):
                yield from _cells(release, each, asked, one, header(question))
    else:
        found = next((name for name in MEASURES if name == question), None)
        if found is None:
            raise LookupError(f"there is no question {question!r}")
        yield from _cells(release, found, asked, attribute, header(question))


def _start(release: Release) -> dict[str, Value]:
    return {"wave": release.wave.code, "edition": str(release.content["edition"])}


def _cells(
    release: Release, question: Question, units: list[Unit], attribute: str, names: tuple[str, ...]
) -> Iterator[list[Value]]:
    tables = released_tables(release, question, units, attribute)
    for unit in units:
        for row in _of_table(tables[unit.pk], unit):
            yield [row.get(name) for name in names]


def _of_table(table: Table, unit: Unit) -> Iterator[dict[str, Value]]:
    about = {theme["column"]: theme["code"] for theme in table.release.content["themes"]}
    for cell in table.cells:
        row = _start(table.release) | {
            "question": table.question,
            "unit": unit.name,
            "kind": unit.kind,
            "attribute": table.attribute,
            "group": cell.group,
            "about": about.get(cell.column, cell.column),
            "n": cell.n,
            "hidden": cell.hidden,
            _GIVE: _number(cell.give),
        }
        for name, value in cell.values.items():
            row |= {name: _number(value.value), f"{name}_end": value.end}
        yield row


def _supply(release: Release, units: list[Unit], about: dict[str, str]) -> Iterator[list[Value]]:
    for unit in units:
        for one in seats(release, unit):
            start = [*_start(release).values(), unit.name, unit.kind, about.get(one.theme, one.theme)]
            yield [*start, one.level, one.sessions, one.seats, one.unlimited]


def _fairness(release: Release, units: list[Unit], attribute: str, about: dict[str, str]) -> Iterator[list[Value]]:
    for unit in units:
        for code in (attribute,) if attribute else groups_by_attribute(release):
            for group, checked in fairness(release, unit, code).items():
                start = [*_start(release).values(), unit.name, unit.kind, code, group]
                if checked is None:
                    yield [*start, "", "too few people to check fairness", None, None]
                for one in checked or ():
                    name = about.get(one.theme, one.theme)
                    yield [*start, name, one.flag, _number(one.difference), one.confirmed]


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:g}")
