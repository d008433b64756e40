"""Reads an Excel file in a process of its own, with little memory and time, and prints its rows as lines of JSON.

Run as a script by `workbook.py`, and never imported: it needs openpyxl and nothing of Trellis. The file is its standard
input; its arguments are the most megabytes, seconds, rows, columns and characters of a cell.
"""

import datetime as dt
import json
import math
import resource
import sys
import warnings
from collections.abc import Iterator, Mapping
from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

MEGABYTE = 1024 * 1024
LONGEST_ROW = 2 * MEGABYTE  # of XML
LARGEST_LIST = 4 * MEGABYTE  # of styles, names and the like, which are read as a whole
_LARGE = ("xl/worksheets/", "xl/sharedStrings", "xl/media/", "docProps/")  # row by row, or not read at all
UNCOUNTED, FAILED = "uncounted", "failed"


class TooMuchError(Exception):
    """More of something than allowed; its arguments are what, the row and the column."""


class Sheet(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's own parser, row by row, that also tells which formulas have no result in the file."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return a cell; its type is `uncounted` for a formula without result."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = UNCOUNTED
        return cell


class Watched:
    """A part as it is unpacked, that stops where a single row would fill the memory before anything is seen of it."""

    def __init__(self, part: IO[bytes]) -> None:
        self.part = part
        self.since_row = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next piece; raises TooMuchError."""
        piece = self.part.read(size)
        place = piece.rfind(b"row")
        self.since_row = self.since_row + len(piece) if place < 0 else len(piece) - place
        if self.since_row > LONGEST_ROW:
            raise TooMuchError("memory", 0, 0)
        return piece


def say(*parts: Any) -> None:
    """Print one line."""
    sys.stdout.write(json.dumps(parts, ensure_ascii=False, separators=(",", ":")) + "\n")


def written(value: Any, number_format: str) -> str:
    """Return what stands in a cell as plain text: no thousands separator, no currency, dates as ISO writes them."""
    match value:
        case bool():
            return str(value).upper()
        case int() | float():
            return _number(value, number_format)
        case dt.datetime():
            return _moment(value)
        case dt.time():
            return value.isoformat("seconds" if value.second else "minutes")
        case dt.timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str(value).replace("_x000D_", "")  # how Excel writes the first half of some line breaks


def _number(value: float, number_format: str) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        # A number such as 00123 is kept as 123, and told to look like that.
        width = len(number_format) if number_format and not number_format.strip("0") else 0
        return str(int(value)).zfill(width)
    return format(value, ".15g") if isinstance(value, float) else str(value)


def _moment(value: dt.datetime) -> str:
    value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)  # fractions of a day are never exact
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def rows_of(book: ExcelReader, title: str, part: str, columns: int, characters: int) -> Iterator[tuple[Any, ...]]:
    """Yield the number, the texts and, where there are any, the faults (by place from 0) of a sheet's rows.

    Rows that are empty are passed over.
    """
    made = book.wb._number_formats  # those of the file's own; the others have numbers below 164
    formats = [made[style.numFmtId - 164] if style.numFmtId >= 164 else "" for style in book.wb._cell_styles]
    with book.archive.open(part) as content:
        parser = Sheet(
            Watched(content),
            book.shared_strings,
            data_only=True,
            epoch=book.wb.epoch,
            date_formats=book.wb._date_formats,
            timedelta_formats=book.wb._timedelta_formats,
        )
        for number, cells in parser.parse():
            texts, faults = _row(number, cells, formats, columns, characters)
            if faults:
                yield number, texts, faults
            elif any(map(str.strip, texts)):
                yield number, texts
        if parser.merged_cells is not None and parser.merged_cells.mergeCell:
            say("note", "merged", title)


def _row(
    number: int, cells: list[Mapping[str, Any]], formats: list[str], columns: int, characters: int
) -> tuple[list[str], dict[int, str]]:
    texts: list[str] = []
    faults: dict[int, str] = {}
    for cell in cells:
        value, kind, place = cell["value"], cell["data_type"], cell["column"] - 1
        if kind in (UNCOUNTED, "e"):
            faults[place] = UNCOUNTED if kind == UNCOUNTED else FAILED
        if value is None:
            continue
        if place >= columns:
            raise TooMuchError("columns", number, 0)
        style = cell["style_id"]
        text = written(value, formats[style] if 0 <= style < len(formats) else "")
        if len(text) > characters:
            raise TooMuchError("characters", number, place + 1)
        texts.extend([""] * (place + 1 - len(texts)))
        texts[place] = text
    return texts, faults


def read(most_rows: int, columns: int, characters: int) -> None:
    """Print all visible sheets, one after the other: openpyxl's own order of reading, without what is not needed."""
    book = ExcelReader(sys.stdin.buffer, read_only=True, data_only=True, keep_links=False)
    for part in book.archive.infolist():
        if part.file_size > LARGEST_LIST and not part.filename.startswith(_LARGE):
            raise TooMuchError("memory", 0, 0)
    book.read_manifest()
    book.read_strings()
    book.read_workbook()
    apply_stylesheet(book.archive, book.wb)
    kept = 0
    for sheet, relation in book.parser.find_sheets():
        if "chartsheet" in relation.Type:
            continue
        if sheet.state != "visible":
            say("note", "hidden", sheet.name)
            continue
        say("sheet", sheet.name)
        for row in rows_of(book, sheet.name, relation.target, columns, characters):
            kept += 1
            if kept > most_rows:
                raise TooMuchError("rows", 0, 0)
            say(*row)


def main(megabytes: int, seconds: int, most_rows: int, columns: int, characters: int) -> None:
    """Set the limits, read, and end with one line that says how it went."""
    for kind, most in (
        (resource.RLIMIT_AS, megabytes * MEGABYTE),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl would drop on writing does not matter here
            read(most_rows, columns, characters)
    except MemoryError:
        say("end", "memory")
    except TooMuchError as error:
        say("end", *error.args)
    except Exception:  # a broken file comes to light in a dozen kinds of errors, and nothing but this file is at stake
        say("end", "broken")
    else:
        say("end", "")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
