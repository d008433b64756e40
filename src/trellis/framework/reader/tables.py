"""Reads a table: finds its header, wherever the document has put it, and the rows of themes."""

from dataclasses import dataclass

from trellis.framework.reader.cells import has_marker
from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.headers import Header, Label, could_be_header, is_numbered
from trellis.framework.reader.rows import Frame, Table, cells, is_rule
from trellis.framework.reader.wording import Wording


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One row of a theme: its name, and a text and a label for every level."""

    line: int
    name: str
    texts: tuple[str, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds; the header is None when the table has none of its own."""

    header: Header | None
    rows: tuple[ThemeRow, ...]


CutRow = tuple[int, list[str]]


def read_table(table: Table, known: Header | None, wording: Wording) -> Content:
    """Read a table; the known header is the last one that stood in the document."""
    rows = _cut(table, wording)
    header, used = _find_header(rows, known)
    labels = _labels(header or known, rows)
    themes = [
        ThemeRow(line, row[0], tuple(row[1:]), labels)
        for line, row in rows[used:]
        if header is None or not header.same_as(row)
    ]
    return Content(header, tuple(themes))


def _cut(table: Table, wording: Wording) -> list[CutRow]:
    found: list[CutRow] = []
    expected: int | None = None
    frame = Frame.of(table)
    for row in table.rows:
        if is_rule(row.text) or not row.text.strip("| \t"):
            continue
        pieces = cells(row, table.shape, frame, expected)
        if len(pieces) < 2:
            raise DocumentError(row.line, "this table row has 1 cell; a theme needs a name and at least one level")
        expected = len(pieces)
        found.append((row.line, [wording.repaired(piece) for piece in pieces]))
    return found


def _find_header(rows: list[CutRow], known: Header | None) -> tuple[Header | None, int]:
    """The header and the number of rows it takes up."""
    if not rows or not _is_header(rows, known):
        return None, 0
    first = rows[0][1]
    header = Header.of(first)
    if len(rows) > 1 and could_be_header(rows[1][1]):
        second = rows[1][1]
        both = [f"{above} {below}".strip() for above, below in zip(first, second, strict=True)]
        if not second[0] or (known and known.same_as(both)) or _owes_names(header, rows):
            return Header.of(both), 2
    return header, 1


def _is_header(rows: list[CutRow], known: Header | None) -> bool:
    first = rows[0][1]
    if not could_be_header(first):
        return False
    if known is None or is_numbered(first) or known.same_as(first):
        return True
    # A row of names without numbers is a header if the themes below it are recognisable and it is not one of them.
    return first[0] == known.cells[0] or any(has_marker(text) for _, row in rows[1:] for text in row)


def _owes_names(header: Header, rows: list[CutRow]) -> bool:
    if not header.names_are_due:
        return False
    promised = all(cell.endswith((":", "-", "–", "—")) for cell in header.cells[1:])
    return promised or any(has_marker(text) for _, row in rows[2:] for text in row)


def _labels(header: Header | None, rows: list[CutRow]) -> tuple[Label, ...]:
    width = len(rows[0][1]) - 1 if rows else 0
    if header and len(header.labels) == width:
        return header.labels
    return tuple(Label(place, "") for place in range(1, width + 1))
