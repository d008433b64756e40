"""Turns a file into lines of text, and refuses what cannot be a document."""

from pathlib import Path

from trellis.framework.reader.characters import plain
from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.findings import Findings

# A framework has some hundred lines. These limits keep the time of a hostile file short.
MOST_BYTES = 20 * 1024 * 1024
MOST_LINES = 50_000
LONGEST_LINE = 1_000_000
MOST_HYPHENS = 100_000

MARKS_OF_ORDER = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def file_bytes(path: Path) -> bytes:
    """The content of a file, which is not opened when it is too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DocumentError(None, _too_large())
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DocumentError(None, f"the file cannot be opened: {error.strerror or error}") from error


def source_lines(data: bytes, findings: Findings) -> list[str]:
    """The lines of the document, in the numbering that an editor shows."""
    if len(data) > MOST_BYTES:
        raise DocumentError(None, _too_large())
    text = plain(_decode(data, findings))
    if not text or text.isspace():
        raise DocumentError(None, "the file is empty")
    if text.count("- ") > MOST_HYPHENS:
        raise DocumentError(None, f"a framework document has at most {MOST_HYPHENS:,} broken words and bullets")
    text = text.rstrip()
    if text.count("\n") >= MOST_LINES:
        raise DocumentError(MOST_LINES + 1, f"a framework document has at most {MOST_LINES:,} lines")
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE and len(line.strip()) > LONGEST_LINE:
            raise DocumentError(number, f"a line has at most {LONGEST_LINE:,} characters")
    return lines


def _decode(data: bytes, findings: Findings) -> str:
    for mark, encoding in MARKS_OF_ORDER:
        if data.startswith(mark):
            return _text(data[len(mark) :], encoding)
    if b"\0" in data:
        raise DocumentError(None, "the file is not text: it holds NUL bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _text(data, "cp1252")
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        findings.warn(line, "the file is not UTF-8; it was read as Windows-1252, so look at its accents and quotes")
        return text


def _text(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(None, "the file is not text in UTF-8, UTF-16 or Windows-1252") from error
    if "\0" in text:
        raise DocumentError(None, "the file is not text: it holds NUL characters")
    return text


def _too_large() -> str:
    return f"the file is larger than {MOST_BYTES // (1024 * 1024)} MB"
