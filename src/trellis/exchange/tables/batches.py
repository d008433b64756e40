"""Opens a table as batches of rows: what every row costs is paid once for thousands, so that millions can be read."""

import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import gettext as _

from trellis.exchange.tables.csv_reader import in_words
from trellis.exchange.tables.kinds import Kind, kind_of
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import Place, TableError
from trellis.exchange.tables.row import Fault, Row
from trellis.exchange.tables.survey import Survey, survey
from trellis.exchange.tables.tidy import is_tidy
from trellis.exchange.tables.workbook import workbook_rows

SIZE = 500  # small enough that a batch stays in the processor's cache: five thousand take half as long again
_PIECE = 65_536  # characters: about as many rows
NOTHING_WRONG: Mapping[int, Mapping[int, Fault]] = MappingProxyType({})


class Batch:
    """Rows of one sheet with their numbers, and the same as columns; whichever is not at hand is made when asked for.

    `faults` names cells (place in the batch, then column) without a text. `read` says how many bytes of the file are
    behind us, 0 where that is not known. Where `is_clean`, no cell has anything that `clean` would take away.
    """

    def __init__(
        self,
        sheet: str,
        numbers: Sequence[int],
        rows: Sequence[Sequence[str]] = (),
        columns: Sequence[Sequence[str]] = (),
        *,
        faults: Mapping[int, Mapping[int, Fault]] = NOTHING_WRONG,
        read: int = 0,
        is_clean: bool = False,
    ) -> None:
        self.sheet, self.numbers, self.faults, self.read, self.is_clean = sheet, numbers, faults, read, is_clean
        self._rows, self._columns = rows, columns

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """Return row by row, each as long as it is."""
        if not self._rows:
            self._rows = list(zip(*self._columns, strict=True))
        return self._rows

    @property
    def columns(self) -> Sequence[Sequence[str]]:
        """Return column by column, each with a cell of every row."""
        if not self._columns:
            self._columns = list(zip_longest(*self._rows, fillvalue=""))
        return self._columns

    def from_place(self, place: int) -> "Batch":
        """Return the rest of the batch, from a place on."""
        faults = {at - place: faulty for at, faulty in self.faults.items() if at >= place}
        rows, columns = self._rows[place:], [column[place:] for column in self._columns]
        return Batch(
            self.sheet, self.numbers[place:], rows, columns, faults=faults, read=self.read, is_clean=self.is_clean
        )

    def full(self) -> "Batch":
        """Return the rows that have any text."""
        if any("" not in column for column in self._columns) or all(map(any, self.rows)):
            return self
        places = [place for place, cells in enumerate(self.rows) if any(cells)]
        rows, numbers = [self.rows[place] for place in places], [self.numbers[place] for place in places]
        return Batch(self.sheet, numbers, rows, read=self.read, is_clean=self.is_clean)

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
        rest: Iterator[list[str]] | None = None
        before = kept = 0
        while True:
            lines: str | None = None
            if rest is None:
                lines, rest = _next_lines(text, found.separator)
            rows: list[list[str]] = []
            try:
                rows.extend(islice(rest or (), SIZE))
            except csv.Error as error:  # what was read before it stands in `rows`, so that the row can be named
                raise TableError(in_words(str(error)), Place(name, row=before + len(rows) + 1)) from error
            if lines is None and not rows:
                return
            batch = _batch(lines, rows, found.separator, before, file.tell())
            widest = max(map(len, batch.rows)) if rows else len(batch.columns)
            if widest > limits.columns:
                row = next(place for place, cells in enumerate(batch.rows) if len(cells) == widest)
                reason = _("this row has more than %(most)d columns.") % {"most": limits.columns}
                raise TableError(reason, Place(name, row=before + row + 1))
            before += len(batch.numbers)
            batch = batch.full()
            kept += len(batch.numbers)
            if kept > limits.rows + 1:  # the first is the header
                raise TableError(_("the table has more than %(most)d rows.") % {"most": limits.rows}, Place(name))
            yield batch


def _next_lines(text: io.TextIOWrapper, separator: str) -> tuple[str | None, Iterator[list[str]] | None]:
    """Return the next lines, None at the end; where a quotation mark may join them, who reads on from here."""
    piece = text.read(_PIECE)
    if not piece:
        return None, None
    piece += text.readline()
    lines = piece.replace("\r\n", "\n") if "\r" in piece else piece
    if any(mark in lines for mark in '"\r\0') or len(lines) > csv.field_size_limit():
        return None, csv.reader(chain(io.StringIO(piece, newline=""), text), delimiter=separator, strict=True)
    return lines.removesuffix("\n"), None


def _batch(lines: str | None, rows: list[list[str]], separator: str, before: int, read: int) -> Batch:
    """Return a batch of rows, or of lines that are split here: all at once, where they have equally many cells."""
    if lines is None:
        return Batch("", range(before + 1, before + len(rows) + 1), rows, read=read)
    numbers = range(before + 1, before + lines.count("\n") + 2)
    is_clean = is_tidy(lines, separator)
    columns = _columns(lines, separator, len(numbers))
    if not columns:
        rows = [line.split(separator) for line in lines.split("\n")]
    return Batch("", numbers, rows, columns, read=read, is_clean=is_clean)


def _columns(lines: str, separator: str, count: int) -> list[list[str]]:
    """Return the columns of lines that have equally many cells, otherwise none."""
    first, _end, _more = lines.partition("\n")
    width = first.count(separator) + 1
    cells = lines.replace("\n", f"{separator}\n").split(separator)
    # An end of line stands at the start of a cell now, so that each row begins where it should if all are there.
    if len(cells) != count * width or (starts := "".join(cells[::width])).count("\n") != count - 1:
        return []
    return [starts.split("\n"), *(cells[place::width] for place in range(1, width))]


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
    return Batch(rows[0].sheet, [row.number for row in rows], [row.cells for row in rows], faults=faults)
