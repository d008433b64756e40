"""The pieces a document consists of: headings, paragraphs, bullets and tables."""

from dataclasses import dataclass

from trellis.framework.reader.rows import Table
from trellis.framework.reader.shapes import Shape

# Headings in capitals have no depth of their own.
CAPITALS = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; depth is the number of # signs, or CAPITALS."""

    line: int
    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of running text, from the line it starts on."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraph as one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list, without its bullet."""

    line: int
    text: str


Block = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True, slots=True)
class Scan:
    """The blocks of a document, read as one shape."""

    shape: Shape
    blocks: tuple[Block, ...]
