"""Cuts the rows of a table into cells, whichever way the document draws its tables."""

from dataclasses import dataclass

from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.shapes import Shape

# A framework has a handful of levels; a row beyond this is not one, and would only cost time.
MOST_CELLS = 20
MOST_ROWS = 2_000

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
    # Most rows are told by their first letters; the whole of a long one is looked at only when it must be.
    if not RULE_SIGNS.issuperset(text[:40]):
        return False
    return RULE_SIGNS.issuperset(text) and not RULE_STROKES.isdisjoint(text)


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


@dataclass(frozen=True, slots=True)
class Frame:
    """Whether a table draws a separator before its first and after its last cell."""

    before: bool
    after: bool

    @classmethod
    def of(cls, table: Table) -> "Frame":
        """Look at the rule, whose ends cannot be empty cells, and at what all other rows have in common."""
        if table.shape is Shape.TABBED:
            return cls(False, False)
        rows = [row.text.strip() for row in table.rows]
        rule = next((text for text in rows if is_rule(text)), "")
        others = [text for text in rows if not is_rule(text)]
        before = rule.startswith(("|", "+")) or all(text.startswith("|") for text in others)
        after = rule.endswith(("|", "+")) or all(text.endswith("|") and not text.endswith("\\|") for text in others)
        return cls(before, after)


def cells(row: Row, shape: Shape, frame: Frame, expected: int | None) -> list[str]:
    """The cells of a row; with an expected number, a row that has another number is an error."""
    raw = raw_cells(row, shape)
    found = _without_ends(raw, frame)
    if expected is None and shape is Shape.TABBED:
        # Spreadsheets fill short rows up with separators.
        return found[: max(place for place, cell in enumerate(found, start=1) if cell or place == 1)]
    if expected is None or len(found) == expected:
        return found
    if shape is Shape.TABBED:
        kept = found[:expected] if not any(found[expected:]) else found
    else:
        kept = _without_ends(raw, Frame(True, True))
    if len(kept) != expected:
        raise DocumentError(row.line, f"this table row has {len(kept)} cells, but its table has {expected}")
    return kept


def _without_ends(raw: list[str], frame: Frame) -> list[str]:
    start = 1 if frame.before and len(raw) > 1 and not raw[0] else 0
    end = len(raw) - 1 if frame.after and len(raw) - start > 1 and not raw[-1] else len(raw)
    return raw[start:end]
