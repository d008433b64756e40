"""Cuts the rows of a table into cells, whichever way the document draws its tables."""

from dataclasses import dataclass

from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.shapes import Shape

# A framework has a handful of levels; a row beyond this is not one, and would only cost time.
MOST_CELLS = 30
MOST_ROWS = 5_000

# Stands for an escaped pipe while a row is cut; no document holds a NUL by now.
ESCAPED = "\0"
RULE_SIGNS = frozenset("|:-–—=+_ \t")
RULE_STROKES = frozenset("-–—=")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the document."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that follow one another without a gap."""

    shape: Shape
    rows: tuple[Row, ...]


def is_rule(text: str) -> bool:
    """Whether the row only draws the line beneath a header."""
    signs = set(text)
    return signs <= RULE_SIGNS and not signs.isdisjoint(RULE_STROKES)


def pipes(text: str) -> int:
    """How many pipes divide cells; escaped ones are text."""
    return text.count("|") - text.count("\\|")


def raw_cells(row: Row, shape: Shape) -> list[str]:
    """All pieces between the separators, the empty ones outside the outer pipes included."""
    separator = "\t" if shape is Shape.TABBED else "|"
    text = row.text if shape is Shape.TABBED else row.text.strip().replace("\\|", ESCAPED)
    count = text.count(separator) + 1
    if count > MOST_CELLS + 2:
        raise DocumentError(row.line, f"this table row has {count} cells; a framework has at most {MOST_CELLS}")
    return [cell.replace(ESCAPED, "|").strip() for cell in text.split(separator)]


def drawn_with(table: Table) -> tuple[bool, bool]:
    """Whether the table draws a pipe before its first and after its last cell."""
    if table.shape is Shape.TABBED:
        return False, False
    # The rule has no empty cells, so its ends tell an outer pipe from an empty first cell; other rows may not.
    row = next((row for row in table.rows if is_rule(row.text)), table.rows[0])
    text = row.text.strip()
    return text.startswith(("|", "+")), text.endswith(("|", "+")) and not text.endswith("\\|")


def cells(row: Row, table: Table, expected: int | None) -> list[str]:
    """The cells of a row; with an expected number, a row that has another number is an error."""
    raw = raw_cells(row, table.shape)
    before, after = drawn_with(table)
    found = _without_ends(raw, before, after)
    if expected is None or len(found) == expected:
        return found
    if table.shape is Shape.TABBED:
        # Spreadsheets fill short rows up with separators.
        kept = found[:expected] if not any(found[expected:]) else found
    else:
        kept = _without_ends(raw, before=True, after=True)
    if len(kept) != expected:
        raise DocumentError(row.line, f"this table row has {len(kept)} cells, but its table has {expected}")
    return kept


def _without_ends(raw: list[str], before: bool, after: bool) -> list[str]:
    start = 1 if before and len(raw) > 1 and not raw[0] else 0
    end = len(raw) - 1 if after and len(raw) - start > 1 and not raw[-1] else len(raw)
    return raw[start:end]
