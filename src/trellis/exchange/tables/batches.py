"""Opens a table as batches of rows: what every row costs is paid once for thousands, so that millions can be read."""

import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from trellis.exchange.tables.csv_reader import in_words
from trellis.exchange.tables.kinds import Kind, kind_of
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import Place, TableError
from trellis.exchange.tables.row import Fault, Row
from trellis.exchange.tables.survey import Survey, survey
from trellis.exchange.tables.workbook import workbook_rows

SIZE = 500  # small enough that a batch stays in the processor's cache: five thousand take half as long again
_PIECE = 65_536  # characters: about as many rows


class Batch(NamedTuple):
    """Rows of one sheet with their numbers; `faults` names cells (place in the batch, then column) without a text.

    `read` says how many bytes of the file are behind us, 0 where that is not known.
    """

    sheet: str
    numbers: Sequence[int]
    rows: list[Sequence[str]]
    faults: Mapping[int, Mapping[int, Fault]]
    read: int

    def from_place(self, place: int) -> "Batch":
        """Return the rest of the batch, from a place on."""
        faults = {at - place: faulty for at, faulty in self.faults.items() if at >= place}
        return Batch(self.sheet, self.numbers[place:], self.rows[place:], faults, self.read)

    def head(self, most: int) -> list[Row]:
        """Return the first rows one by one."""
        return [Row(self.sheet, number, row) for number, row in zip(self.numbers[:most], self.rows[:most], strict=True)]


@dataclass(frozen=True, slots=True)
class BatchedTable:
    """An open table; `notes` is complete when the batches have been read."""

    name: str
    size: int
    notes: list[str]
    batches: Iterator[Batch]


@contextmanager
def open_batches(path: Path, name: str, limits: Limits) -> Iterator[BatchedTable]:
    """Open a file that its owner calls `name`; rows without any text are left out, though they are counted.

    Raises TableError, here or while batches are read, for what `open_table` refuses; cells may be longer than it takes.
    """
    kind, notes = kind_of(path, name, limits), list[str]()
    if kind is Kind.CSV:
        found = survey(path, name, limits)
        notes += found.notes()
        batches: Generator[Batch, None, None] = _of_csv(path, name, found, limits)
    else:
        batches = _of_workbook(workbook_rows(path, name, limits, notes))
    with closing(batches):
        yield BatchedTable(name, path.stat().st_size, notes, batches)


def _of_csv(path: Path, name: str, found: Survey, limits: Limits) -> Generator[Batch, None, None]:
    with path.open("rb") as file, io.TextIOWrapper(file, encoding=found.encoding, newline="") as text:
        if found.announced:
            text.readline()
        rows: Iterator[list[str]] | None = None
        before = kept = 0
        while True:
            batch: list[Sequence[str]] = []
            if rows is None:
                batch, rows = _split(text, found.separator)
            try:
                batch.extend(islice(rows or (), SIZE))
            except csv.Error as error:  # what was read before it stands in the batch, so that the row can be named
                raise TableError(in_words(str(error)), Place(name, row=before + len(batch) + 1)) from error
            if not batch:
                return
            widest = max(map(len, batch))
            if widest > limits.columns:
                row = next(place for place, cells in enumerate(batch) if len(cells) == widest)
                reason = _("this row has more than %(most)d columns.") % {"most": limits.columns}
                raise TableError(reason, Place(name, row=before + row + 1))
            numbers: Sequence[int] = range(before + 1, before + len(batch) + 1)
            before += len(batch)
            if not all(map(any, batch)):
                full = [place for place, cells in enumerate(batch) if any(cells)]
                numbers, batch = [numbers[place] for place in full], [batch[place] for place in full]
            kept += len(batch)
            if kept > limits.rows + 1:  # the first is the header
                raise TableError(_("the table has more than %(most)d rows.") % {"most": limits.rows}, Place(name))
            yield Batch("", numbers, batch, {}, file.tell())


def _split(text: io.TextIOWrapper, separator: str) -> tuple[list[Sequence[str]], Iterator[list[str]] | None]:
    """Return the next rows, none at the end; once a quotation mark may join cells, or lines, who reads on from here."""
    lines = text.readlines(_PIECE)
    piece = "".join(lines).replace("\r\n", "\n").removesuffix("\n")
    if any(mark in piece for mark in '"\r\0') or len(piece) > csv.field_size_limit():
        return [], csv.reader(chain(lines, text), delimiter=separator, strict=True)
    return [line.split(separator) for line in piece.split("\n")] if lines else [], None


def _of_workbook(rows: Generator[Row, None, None]) -> Generator[Batch, None, None]:
    with closing(rows):
        kept: list[Row] = []
        for row in rows:
            if kept and (len(kept) == SIZE or row.sheet != kept[0].sheet):
                yield _together(kept)
                kept = []
            kept.append(row)
        if kept:
            yield _together(kept)


def _together(rows: list[Row]) -> Batch:
    faults = {place: row.faults for place, row in enumerate(rows) if row.faults}
    return Batch(rows[0].sheet, [row.number for row in rows], [row.cells for row in rows], faults, 0)
