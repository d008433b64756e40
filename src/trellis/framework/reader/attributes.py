"""Reads the groups of a document that lists attributes."""

from dataclasses import dataclass, field

from trellis.framework.reader.blocks import Bullet, Heading, Paragraph, Scan
from trellis.framework.reader.document import Document, Group
from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.findings import Findings
from trellis.framework.reader.wording import Wording

SHOWN = 60


@dataclass(slots=True)
class GroupDraft:
    """A group whose attributes are still being gathered."""

    name: str
    line: int
    attributes: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


def read_attributes(scan: Scan, wording: Wording, findings: Findings) -> Document:
    """Read the blocks of a document with lists."""
    reading = _Reading(wording, findings)
    for block in scan.blocks:
        if isinstance(block, Bullet):
            reading.take_bullet(block)
        elif isinstance(block, Heading | Paragraph):
            reading.waiting.append(block)
    reading.leave(reading.waiting)
    groups = tuple(Group(draft.name, draft.line, tuple(draft.attributes)) for draft in reading.groups)
    return Document(scan.shape, groups=groups, warnings=findings.warnings())


class _Reading:
    """The state of one walk through a document."""

    def __init__(self, wording: Wording, findings: Findings) -> None:
        self.wording = wording
        self.findings = findings
        self.groups: list[GroupDraft] = []
        self.names: dict[str, int] = {}
        self.waiting: list[Heading | Paragraph] = []

    def take_bullet(self, bullet: Bullet) -> None:
        """Add an attribute to the group that the text above it names."""
        if self.waiting:
            self._open_group()
        if not self.groups:
            raise DocumentError(bullet.line, "an attribute stands before any group")
        text = self.wording.repaired(bullet.text)
        group = self.groups[-1]
        if not text:
            self.findings.warn(bullet.line, "this attribute is empty")
            return
        if text.casefold() in group.known:
            self.findings.warn(bullet.line, f'"{text}" stands in the group "{group.name}" already')
        group.known.add(text.casefold())
        group.attributes.append(text)

    def leave(self, blocks: list[Heading | Paragraph]) -> None:
        """Warn about text that names no group; before the first group it is the title and the introduction."""
        for block in blocks if self.groups else []:
            shown = self.wording.repaired(block.text[:SHOWN]).rstrip(":")
            if isinstance(block, Heading) or block.text.endswith(":"):
                self.findings.warn(block.line, f'the group "{shown}" has no attributes')
            else:
                self.findings.warn(block.line, f'"{shown}": this text belongs to no group')

    def _open_group(self) -> None:
        name = self.waiting[-1]
        if isinstance(name, Paragraph) and not name.text.endswith(":"):
            # A sentence between a heading and its list does not name the group.
            name = next((block for block in reversed(self.waiting) if isinstance(block, Heading)), name)
        self.leave([block for block in self.waiting if block is not name])
        line, text = _name(name)
        cleaned = self.wording.repaired(text).removesuffix(":").rstrip()
        first = self.names.setdefault(cleaned.casefold(), line)
        if first != line:
            self.findings.warn(line, f'a group "{cleaned}" stands on line {first} already')
        self.groups.append(GroupDraft(cleaned, line))
        self.waiting = []


def _name(block: Heading | Paragraph) -> tuple[int, str]:
    """The line and the text of a group's name: of a paragraph the last line, and what it continues."""
    if isinstance(block, Heading):
        return block.line, block.text
    start = len(block.lines) - 1
    while start and block.lines[start][0].islower():
        start -= 1
    return block.line + start, " ".join(block.lines[start:])
