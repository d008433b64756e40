"""Finds the headings of a document that marks none: short lines of their own, above a purpose and a table."""

from collections.abc import Sequence

from trellis.framework.reader.blocks import CAPITALS, Block, Heading, Paragraph
from trellis.framework.reader.rows import Table

_MOST_WORDS = 10
_ENDS_OF_SENTENCES = (".", ";", ":", ",", "!", "?")
# A heading, its purpose, the table: further down a short line is something else.
_REACH = 2


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, with short lines made headings where nothing in the document is marked as one.

    Only then: a document that marks its headings means every other line as text.
    """
    if any(isinstance(block, Heading) for block in blocks):
        return list(blocks)
    found: list[Block] = []
    for place, block in enumerate(blocks):
        # A short line right under a heading is its purpose.
        is_purpose = bool(found) and isinstance(found[-1], Heading)
        promoted = None if is_purpose else _heading(block, blocks[place + 1 : place + 1 + _REACH])
        found.append(promoted or block)
    return found


def _heading(block: Block, following: Sequence[Block]) -> Heading | None:
    if not isinstance(block, Paragraph) or len(block.lines) != 1:
        return None
    words = block.text.rstrip("*†‡⁰¹²³⁴⁵⁶⁷⁸⁹ ")
    if len(words.split()) > _MOST_WORDS or words.endswith(_ENDS_OF_SENTENCES) or not words[:1].isupper():
        return None
    tables = [place for place, each in enumerate(following) if isinstance(each, Table)]
    if not tables or not all(isinstance(each, Paragraph) for each in following[: tables[0]]):
        return None
    return Heading(block.line, block.text, CAPITALS)
