"""The document reader: turns a framework document, as an association has it, into domains, themes and levels."""

from pathlib import Path

from trellis.framework.reader.attributes import read_attributes
from trellis.framework.reader.document import Definition, Document, DocumentWarning, Domain, Group, Level, Theme
from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.findings import Findings
from trellis.framework.reader.framework import read_framework
from trellis.framework.reader.losses import report_losses
from trellis.framework.reader.recognition import recognise
from trellis.framework.reader.shapes import Shape
from trellis.framework.reader.source import file_bytes, source_lines
from trellis.framework.reader.vocabulary import Vocabulary
from trellis.framework.reader.wording import Wording

__all__ = [
    "Definition",
    "Document",
    "DocumentError",
    "DocumentWarning",
    "Domain",
    "Group",
    "Level",
    "Shape",
    "Theme",
    "read_document",
    "read_text",
]


def read_document(path: Path) -> Document:
    """Read the document in a file; its name plays no part."""
    return read_text(file_bytes(path))


def read_text(data: bytes) -> Document:
    """Read the document in these bytes."""
    findings = Findings()
    lines = source_lines(data, findings)
    scan = recognise(lines)
    vocabulary = Vocabulary.of(lines)
    wording = Wording(vocabulary)
    report_losses(lines, vocabulary, findings)
    if scan.shape is Shape.ATTRIBUTES:
        return read_attributes(scan, wording, findings)
    return read_framework(scan, wording, findings)
