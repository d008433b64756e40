"""Tables to read in tests: stored in a folder, and workbooks put together by hand that no program would write."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.reader import open_table
from trellis.exchange.tables.row import Row

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
_ROOT = f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'  # noqa: E501
_OF_BOOK = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
STRINGS = f'<sst xmlns="{MAIN}"/>'


def sheet(inside: str, before: str = "") -> str:
    """The XML of a sheet with these rows."""
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'


def by_hand(
    sheet_xml: str, *, strings: str = STRINGS, book: str = _BOOK, more: dict[str, bytes] | None = None
) -> bytes:
    """A workbook of one sheet from its XML."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _OF_BOOK,
        "xl/worksheets/sheet1.xml": sheet_xml,
        "xl/sharedStrings.xml": strings,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in (parts | (more or {})).items():
            container.writestr(name, content)
    return made.getvalue()


def workbook(*rows: Sequence[Any], **more: Iterable[Sequence[Any]]) -> Workbook:
    """A workbook with a sheet of these rows, called Table, and further ones by name."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Table"
    for row in rows:
        first.append(row)
    for name, others in more.items():
        other = book.create_sheet(name)
        for row in others:
            other.append(row)
    return book


def stored(folder: Path, content: bytes | str | Workbook) -> Path:
    """A file with that content, under a name that tells nothing."""
    path = folder / "upload"
    if isinstance(content, Workbook):
        content.save(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, limits: Limits | None = None, name: str = "table") -> tuple[list[Row], list[str]]:
    """All rows, and what was said about them."""
    with open_table(path, name, limits) as table:
        return list(table.rows), table.notes
