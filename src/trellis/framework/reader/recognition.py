"""Recognises the shape of a document by its structure alone."""

from collections.abc import Iterator
from itertools import pairwise

from trellis.framework.reader.blocks import Block, Scan
from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.rows import MOST_ROWS, Row, Table, is_rule, pipes
from trellis.framework.reader.shapes import Shape
from trellis.framework.reader.textlines import BULLET, text_blocks


def recognise(lines: list[str]) -> Scan:
    """The blocks of the document in the first shape that fits it."""
    for shape in (Shape.MARKDOWN, Shape.TABBED):
        if any(_is_table(run, shape) for run in _runs(lines, shape)):
            return scan(lines, shape)
    if any(BULLET.match(line) for line in lines):
        return scan(lines, Shape.ATTRIBUTES)
    raise DocumentError(None, "no framework was recognised: there is no table of themes and no list of attributes")


def scan(lines: list[str], shape: Shape) -> Scan:
    """Cut the lines into the blocks of one shape."""
    blocks: list[Block] = []
    text: list[Row] = []
    row_count = 0
    for run in _runs(lines, shape):
        if not _is_table(run, shape):
            text.extend(run)
            continue
        row_count += len(run)
        if row_count > MOST_ROWS:
            raise DocumentError(run[0].line, f"a framework document has at most {MOST_ROWS:,} table rows")
        blocks.extend(text_blocks(text))
        text = []
        blocks.extend(_tables(run, shape))
    blocks.extend(text_blocks(text))
    return Scan(shape, tuple(blocks))


def _runs(lines: list[str], shape: Shape) -> Iterator[list[Row]]:
    """Lines that look like rows come together, every other line alone."""
    run: list[Row] = []
    for number, line in enumerate(lines, start=1):
        if _looks_like_row(line, shape, inside=bool(run)):
            run.append(Row(number, line))
            continue
        if run:
            yield run
            run = []
        yield [Row(number, line)]
    if run:
        yield run


def _looks_like_row(line: str, shape: Shape, *, inside: bool) -> bool:
    if shape is Shape.ATTRIBUTES or not line or line.isspace():
        return False
    if shape is Shape.MARKDOWN:
        return pipes(line) > 0 or (inside and is_rule(line))
    # A bullet may be set off by a tab, and a spreadsheet pads its headings with tabs: neither makes a row.
    return "\t" in (line if inside else line.rstrip()) and not BULLET.match(line)


def _is_table(run: list[Row], shape: Shape) -> bool:
    if not _looks_like_row(run[0].text, shape, inside=False):
        return False
    if shape is Shape.TABBED:
        return any(_filled_cells(row) > 1 for row in run)
    drawn = [row.text.strip() for row in run]
    if any(text.startswith("|") and pipes(text) > 1 for text in drawn):
        return True
    ruled = any(is_rule(text) for text in drawn)
    return len(drawn) > 1 and (ruled or all(pipes(text) > 1 for text in drawn))


def _tables(run: list[Row], shape: Shape) -> Iterator[Table]:
    """The tables of a run: a second rule begins a new one, where the document left no gap between two."""
    rules = [place for place, row in enumerate(run) if is_rule(row.text)]
    # A grid has a rule beneath every row, and stays one table.
    starts = [place - 1 for place in rules[1:]] if 2 * len(rules) < len(run) else []
    for start, end in pairwise([0, *starts, len(run)]):
        yield Table(shape, tuple(run[start:end]))


def _filled_cells(row: Row) -> int:
    return sum(1 for cell in row.text.split("\t") if cell.strip())
