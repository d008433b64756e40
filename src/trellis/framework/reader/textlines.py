"""Gathers the lines that belong to no table into headings, paragraphs and bullets."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trellis.framework.reader.blocks import CAPITALS, Block, Bullet, Heading, Paragraph
from trellis.framework.reader.emphasis import without_emphasis
from trellis.framework.reader.marks import starts_with_mark
from trellis.framework.reader.rows import Row, is_rule

BULLET = re.compile(r"\s*(?:[-*+•◦▪‣●○·–]\s+|[•◦▪‣●○])(?=\S)")
BARE_BULLETS = frozenset("-*+•◦▪‣●○·–")
HASH_HEADING = re.compile(r"(#{1,6})(?!#)(?:\s+(?=\S)|(?=[^\W\d_]))")
PAGE_NUMBER = frozenset("IVX")
LONGEST_HEADING = 150


@dataclass(slots=True)
class _Open:
    """The block that the next line may still belong to; a list, because joining as we go would be quadratic."""

    kind: str
    line: int
    depth: int = CAPITALS
    lines: list[str] = field(default_factory=list)

    def block(self) -> Block:
        if self.kind == "heading":
            return Heading(self.line, " ".join(self.lines), self.depth)
        if self.kind == "bullet":
            return Bullet(self.line, " ".join(self.lines))
        return Paragraph(self.line, tuple(self.lines))


def text_blocks(rows: Iterable[Row]) -> Iterator[Block]:
    """The blocks of these lines, which may have gaps where the document has tables."""
    current: _Open | None = None
    last = 0
    for row in rows:
        # Bold type is how some editors set a heading, so it goes before anything is compared.
        text = without_emphasis(row.text.strip())
        if not text:
            continue
        near = current if current and last == row.line - 1 else None
        last = row.line
        if near and _continues(near, row, text):
            near.lines.append(text)
            continue
        if near and _underlines(near, text):
            near.kind, near.depth = "heading", 1 if "=" in text else 2
            continue
        if current:
            yield current.block()
        current = _opened(row.line, text)
    if current:
        yield current.block()


def is_capitals(text: str) -> bool:
    """Whether a line is a heading because it is written in capitals."""
    if len(text) > LONGEST_HEADING or not text.isupper() or text.endswith((".", ":", ";", ",")):
        return False
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 1 and not PAGE_NUMBER.issuperset(text)


def _continues(block: _Open, row: Row, text: str) -> bool:
    if is_rule(text) or HASH_HEADING.match(text) or BULLET.match(row.text) or starts_with_mark(text):
        return False
    if is_capitals(text):
        # Only a heading in capitals runs on over a second line of capitals.
        return block.kind == "heading" and block.depth == CAPITALS
    if block.kind == "bullet":
        # A line that ends with a colon and stands at the margin names the next group.
        return not text.endswith(":") or row.text[:1].isspace()
    return block.kind == "paragraph"


def _underlines(block: _Open, text: str) -> bool:
    single = block.kind == "paragraph" and len(block.lines) == 1
    return single and len(set(text)) == 1 and text[0] in "=-" and len(text) > 2 and not block.lines[0].endswith(".")


def _opened(line: int, text: str) -> _Open | None:
    if len(text) > 1 and is_rule(text):
        return None
    if text in BARE_BULLETS:
        return _Open("bullet", line)
    if hashes := HASH_HEADING.match(text):
        return _Open("heading", line, len(hashes[1]), [text[hashes.end() :].rstrip("# \t")])
    if bullet := BULLET.match(text):
        return _Open("bullet", line, CAPITALS, [text[bullet.end() :]])
    if is_capitals(text):
        return _Open("heading", line, CAPITALS, [text])
    return _Open("paragraph", line, CAPITALS, [text])
