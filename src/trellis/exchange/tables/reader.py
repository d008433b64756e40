"""Opens a table of any kind that we read: its rows one by one, and what a person should know of how it was read."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from trellis.exchange.tables.csv_reader import csv_rows
from trellis.exchange.tables.kinds import Kind, kind_of
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.row import Row
from trellis.exchange.tables.survey import survey
from trellis.exchange.tables.workbook import workbook_rows


@dataclass(frozen=True, slots=True)
class Table:
    """An open table; `notes` is complete when the rows have been read."""

    name: str
    kind: Kind
    notes: list[str]
    rows: Iterator[Row]


@contextmanager
def open_table(path: Path, name: str, limits: Limits | None = None) -> Iterator[Table]:
    """Open a file that its owner calls `name`; the rows are read as they are asked for, in constant memory.

    Raises TableError, here or while rows are read: a reader of many rows stores nothing before the last has come.
    """
    limits = limits or Limits()
    kind, notes = kind_of(path, name, limits), list[str]()
    if kind is Kind.CSV:
        found = survey(path, name, limits)
        notes += found.notes()
        rows: Generator[Row, None, None] = csv_rows(path, name, found, limits)
    else:
        rows = workbook_rows(path, name, limits, notes)
    with closing(rows):
        yield Table(name, kind, notes, rows)
