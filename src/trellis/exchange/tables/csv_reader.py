"""Reads CSV row by row: constant memory, whatever the file's size, and the row's number in every complaint."""

import csv
from collections.abc import Generator
from pathlib import Path
from typing import NoReturn

from django.utils.translation import gettext as _

from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import Place, TableError
from trellis.exchange.tables.row import Row
from trellis.exchange.tables.survey import Survey


def csv_rows(path: Path, name: str, found: Survey, limits: Limits) -> Generator[Row, None, None]:
    """Yield the rows of a surveyed file that are not empty; raises TableError at the first that cannot be read.

    Rows are counted as a spreadsheet program shows them: a quoted line break begins no new one.
    """
    with path.open(encoding=found.encoding, newline="") as text:
        if found.announced:
            text.readline()
        rows, kept, number = csv.reader(text, delimiter=found.separator, strict=True), 0, 0
        while True:
            number += 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                raise TableError(in_words(str(error)), Place(name, row=number)) from error
            if not any(map(str.strip, cells)):
                continue
            kept += 1
            if kept > limits.rows + 1:  # the first is the header
                raise TableError(_("the table has more than %(most)d rows.") % {"most": limits.rows}, Place(name))
            if len(cells) > limits.columns or max(map(len, cells)) > limits.cell:
                _refuse_size(cells, Place(name, row=number), limits)
            yield Row("", number, cells)


def _refuse_size(cells: list[str], place: Place, limits: Limits) -> NoReturn:
    if len(cells) > limits.columns:
        raise TableError(_("this row has more than %(most)d columns.") % {"most": limits.columns}, place)
    column = next(column for column, cell in enumerate(cells, 1) if len(cell) > limits.cell)
    reason = _("this cell is longer than %(most)d characters. Is a quotation mark not closed?")
    raise TableError(reason % {"most": limits.cell}, place.at(column))


def in_words(said: str) -> str:
    """Return what the csv module complains of, as a person would say it."""
    if "unexpected end" in said or "limit" in said:
        return _("a quotation mark is opened in this row and never closed.")
    if "expected after" in said:
        return _("after a closing quotation mark there is more text in the same cell. Double the marks inside a cell.")
    return _("this row cannot be read (%(said)s).") % {"said": said}
