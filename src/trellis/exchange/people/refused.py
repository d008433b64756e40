"""The rows that are left out, as a table of their own: as they were in the file, with the reason beside them."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from trellis.core.sheets.writer import Value
from trellis.exchange.models import PeopleImport
from trellis.exchange.people.columns import BY_KEY
from trellis.exchange.people.fates import COLUMN_OF, NOTES, REASONS, Fate, Note
from trellis.exchange.people.plan import stage_of
from trellis.exchange.people.reading import LIMITS, look_at
from trellis.exchange.people.stage import Tables
from trellis.exchange.tables.batches import open_batches
from trellis.exchange.tables.mapping import Header, clean
from trellis.exchange.tables.place import Place

_LEFT_OUT = (
    f"SELECT line, problem, col, other, note FROM $decided WHERE fate IN ({Fate.REFUSED}, {Fate.ASKED})"  # noqa: S608
    f" OR (note <> {Note.NONE} AND fate <= {Fate.LEFT}) ORDER BY line"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that is left out, or brought in without its e-mail, and why; the place names row and column."""

    place: Place
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def refusals(found: PeopleImport, header: Header, most: int | None = None) -> list[Refusal]:
    """Return the first refusals of a list that has been planned, or all of them."""
    with stage_of(found).open() as tables:
        return refusals_on(tables, found, header, most)


def refusals_on(tables: Tables, found: PeopleImport, header: Header, most: int | None = None) -> list[Refusal]:
    """Do the same on tables that are open."""
    limit = "" if most is None else f" LIMIT {most:d}"
    return [_refusal(found.file, header, row) for row in tables.ask(_LEFT_OUT + limit)]


def first_refused(tables: Tables, most: int) -> list[list[Any]]:
    """Return the first rows that are left out as codes, fit to be kept: number, problem, column, other row, note."""
    return [list(row) for row in tables.ask(f"{_LEFT_OUT} LIMIT {most:d}")]


def refused_words(row: Sequence[Any], headings: Mapping[str, str]) -> str:
    """Return in words what `first_refused` kept: "Row 3, “E-mail”: this is not an e-mail address."."""
    line, problem, column, other, note = row
    key, reason = _complaint(problem, column, other, note, headings)
    where = _("Row %(row)d") % {"row": line}
    return f"{where}, “{headings[key]}”: {reason}" if key in headings else f"{where}: {reason}"


def refused_header(header: Header) -> list[str]:
    """Return the headings of the file, the reason, and where the row stood."""
    return [*map(clean, header.row.cells), _("What is wrong"), _("Where it stood")]


def refused_rows(found: PeopleImport, path: Path, known: Iterable[Refusal] | None = None) -> Iterator[list[Value]]:
    """Yield each row that is left out, as it stands in the file, with its reason; the file is read once more.

    `known` are its refusals, where somebody has asked for them already.
    """
    header = look_at(path, found.file, found.columns).header
    if known is None:
        known = refusals(found, header)
    width, reasons = len(header.row.cells), {one.place.row: one for one in known}
    with open_batches(path, found.file, LIMITS) as table:
        for batch in table.batches:
            for number, row in zip(batch.numbers, batch.rows, strict=True):
                refusal = reasons.get(number) if batch.sheet == header.sheet else None
                if refusal is not None:
                    cells: Sequence[str] = [clean(cell) for cell in row[:width]]
                    where = f"{refusal.place.cell}: {refusal.reason}"
                    yield [*cells, *[""] * (width - len(cells)), where, str(refusal.place)]


def _refusal(file: str, header: Header, row: tuple[int, int, str, int, int]) -> Refusal:
    line, problem, column, other, note = row
    key, reason = _complaint(problem, column, other, note, header.of)
    place = Place(file, header.sheet, line)
    at = header.of.get(key)
    return Refusal(place if at is None else place.at(at + 1, header.heading(at) or str(BY_KEY[key].label)), reason)


def _complaint(problem: int, column: str, other: int, note: int, known: Container[str]) -> tuple[str, str]:
    """Return the key of the column that a complaint is about, and the reason."""
    if not problem:
        return "email", str(NOTES[note])
    key = column or COLUMN_OF.get(problem, "")
    if key == "worksite" and key not in known:
        key = "local"
    return key, str(REASONS[problem]) % {"other": other}
