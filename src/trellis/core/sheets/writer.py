"""Writes tables as CSV and as Excel files, row by row; every text is made harmless, and none can become a formula."""

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from trellis.core.sheets.neutral import neutral

Value = str | int | Decimal | dt.date | dt.datetime | bool | None
_MARK = "\ufeff"  # by it Excel knows that the text is UTF-8
_BATCH = 500
_PIECE = 64 * 1024
# What XML cannot hold, and the most that a cell of Excel can.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_NARROWEST = 10


def as_text(value: Value) -> str:
    """Return how a value is written in any table: dates as ISO has them, numbers with a point, yes and no in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes")[:16]
    if isinstance(value, str):
        return neutral(value)
    return str(value)


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Yield a CSV file piece by piece: UTF-8 with its mark, commas, every text in quotes, CR and LF at the end."""
    lines = io.StringIO(newline="")
    lines.write(_MARK)
    write = csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow
    write([neutral(heading) for heading in header])
    for number, row in enumerate(rows, 1):
        write([value if _is_number(value) else as_text(value) for value in row])
        if number % _BATCH == 0:
            yield lines.getvalue().encode("utf-8", "replace")
            lines.seek(0)
            lines.truncate()
    yield lines.getvalue().encode("utf-8", "replace")


def workbook_pieces(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]]) -> Iterator[bytes]:
    """Yield an Excel file piece by piece, with these sheets: name, header, rows.

    Rows are written to disk as they come, and the file is gone with the last piece. Whole and decimal numbers stay
    numbers; all else is text by its type.
    """
    book = Workbook(write_only=True)
    for name, header, rows in sheets:
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for column, heading in enumerate(header, 1):
            sheet.column_dimensions[get_column_letter(column)].width = max(len(heading) + 4, _NARROWEST)
        sheet.append([_heading(sheet, heading) for heading in header])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _cell(sheet: Any, value: Value) -> Any:
    if _is_number(value):
        return value
    text = _UNFIT.sub("\ufffd", as_text(value))
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=text[:_LONGEST])
    cell.data_type = "s"
    return cell


def _heading(sheet: Any, heading: str) -> Any:
    cell = _cell(sheet, heading or " ")
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    return cell
