"""Reads the sheets of a table into records: a header for each sheet, found or chosen, and the rows below it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _

from trellis.exchange.catalogue.columns import COLUMNS
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.mapping import Header, Record, find_header
from trellis.exchange.tables.place import Place, TableError
from trellis.exchange.tables.reader import open_table
from trellis.exchange.tables.row import Row

LIMITS = Limits(size=10 * 1024 * 1024, rows=5_000, columns=80)
# Without one of these a sheet says nothing about an offering or a session.
_NAMING = ("uid", "key", "title", "session_uid", "session_key")
ChosenColumns = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that says something: its header, and the records below it."""

    header: Header
    records: tuple[Record, ...]

    @property
    def names_nothing(self) -> bool:
        """Whether no column says what a row is about, so that a person has to choose one."""
        return not any(key in self.header.of for key in _NAMING)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is left out, and why; the place names the column."""

    record: Record
    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """All sheets of a file, what a person should know of how it was read, and rows that could not even be read."""

    file: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    refusals: tuple[Refusal, ...] = ()

    @property
    def records(self) -> Iterator[Record]:
        """All records in the order of the file."""
        for sheet in self.sheets:
            yield from sheet.records


def read_sheets(path: Path, name: str, chosen: ChosenColumns | None = None) -> Sheets:
    """Return the records of a file; `chosen` says for a sheet, by its name, which column (from 0) is which.

    A sheet of several in which no column is understood is left out, and that is said. Raises TableError for a file
    that cannot be read, and for one without a row below its header.
    """
    with open_table(path, name, LIMITS) as table:
        groups = [list(rows) for _title, rows in groupby(table.rows, lambda row: row.sheet)]
        found = [sheet for rows in groups if (sheet := _sheet(name, rows, chosen or {})) is not None]
    return together(name, found, table.notes)


def together(name: str, found: list[Sheet], notes: list[str], refusals: Sequence[Refusal] = ()) -> Sheets:
    """Return the sheets of a file, without those that mean nothing here; raises TableError when no row is left."""
    named = [sheet for sheet in found if sheet.header.of or sheet.header.twins] or found
    notes = notes + [
        _("The sheet “%(name)s” has no column that is known here, so it was left out.") % {"name": sheet.header.sheet}
        for sheet in found
        if sheet not in named
    ]
    if not refusals and not any(sheet.records for sheet in named):
        raise TableError(_("there is no row below the header."), Place(name))
    return Sheets(name, tuple(named), tuple(notes), tuple(refusals))


def _sheet(file: str, rows: list[Row], chosen: ChosenColumns) -> Sheet | None:
    header = find_header(rows, COLUMNS)
    if header is None:
        return None
    picked = chosen.get(header.sheet)
    if picked is not None:
        width = max(len(row.cells) for row in rows)
        header = replace(header, of={key: place for key, place in picked.items() if place < width}, twins=())
    below = tuple(Record(file, header, row) for row in rows if row.number > header.row.number)
    return Sheet(header, below)
