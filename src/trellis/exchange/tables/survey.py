"""What must be known of a CSV file before its first row is read: encoding, separator, and that no line is endless."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import Place, TableError

_CHUNK = 256 * 1024
_SAMPLE = 64 * 1024  # characters
_SAMPLE_ROWS = 50
_SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The five bytes that mean nothing in Windows text.
_NOT_WINDOWS = frozenset(b"\x81\x8d\x8f\x90\x9d")
_UTF8 = "utf-8"

ENCODINGS: dict[str, Promise] = {
    "utf-16": gettext_lazy("The text is Unicode (UTF-16)."),
    "cp1252": gettext_lazy("The text is not Unicode, so it was read as Windows text (cp1252). Look at the accents."),
    "latin-1": gettext_lazy("The text is not Unicode, so it was read as Latin-1. Look at the accents."),
}
SEPARATED: dict[str, Promise] = {
    ";": gettext_lazy("Its columns are separated by semicolons."),
    "\t": gettext_lazy("Its columns are separated by tabs."),
    "|": gettext_lazy("Its columns are separated by upright bars."),
}


@dataclass(frozen=True, slots=True)
class Survey:
    """How a CSV file is to be read; `announced` says that its first line only names the separator, as Excel does it."""

    encoding: str
    separator: str
    announced: bool

    def notes(self) -> list[str]:
        """What a person should know of it: all that is not UTF-8 with commas."""
        said = ENCODINGS.get(self.encoding), SEPARATED.get(self.separator)
        return [str(note) for note in said if note is not None]


def survey(path: Path, name: str, limits: Limits) -> Survey:
    """Read a file once from end to end, in pieces, and say how it is to be read.

    Raises TableError, with the line, for a NUL, a line over the limit (which is not read to its end), and a file that
    is partly UTF-8 and partly not.
    """
    with path.open("rb") as file:
        head = file.read(3)
    encoding = next((known for mark, known in _MARKS if head.startswith(mark)), "")
    if encoding:
        _check(path, encoding, name, limits)
    else:
        encoding = _unmarked(path, name, limits)
    with path.open(encoding=encoding, newline="") as text:
        sample = text.read(_SAMPLE)
    first, _end, rest = sample.partition("\n")
    announcement = first.strip().strip('"').lower()
    if announcement.startswith("sep=") and len(announcement) == 5 and announcement[4] in _SEPARATORS:
        return Survey(encoding, announcement[4], True)
    if first.strip().strip('"').lower() == "sep=" and "\t" in first:
        return Survey(encoding, "\t", True)
    return Survey(encoding, _separator(sample, rest), False)


def _unmarked(path: Path, name: str, limits: Limits) -> str:
    try:
        _check(path, _UTF8, name, limits)
    except UnicodeDecodeError:
        encoding = "latin-1" if _holds(path, _NOT_WINDOWS) else "cp1252"
        _check(path, encoding, name, limits)
        return encoding
    return _UTF8


def _holds(path: Path, wanted: frozenset[int]) -> bool:
    with path.open("rb") as file:
        return any(not wanted.isdisjoint(piece) for piece in iter(lambda: file.read(_CHUNK), b""))


def _check(path: Path, encoding: str, name: str, limits: Limits) -> None:
    """Look at every character; raises UnicodeDecodeError where UTF-8 was only a guess, and no text has come by yet."""
    line, carried, was_utf8 = 1, 0, False
    try:
        for text in _pieces(path, encoding, min(_CHUNK, limits.line)):
            place = text.find("\0")
            if place >= 0:
                _refuse_nul(name, line + text.count("\n", 0, place))
            ends = [end for end in (text.find("\n"), text.find("\r")) if end >= 0]
            if carried + min(ends, default=len(text)) > limits.line:
                _refuse_line(name, line, limits)
            last = max(text.rfind("\n"), text.rfind("\r"))
            carried = carried + len(text) if last < 0 else len(text) - last - 1
            line += text.count("\n")
            was_utf8 = was_utf8 or not text.isascii()
    except UnicodeDecodeError as error:
        if encoding == _UTF8 and not was_utf8 and error.object[: error.start].isascii():
            raise
        reason = _("this line holds a character that is not Unicode, but others are. Save the file as “CSV UTF-8”.")
        raise TableError(reason, Place(name, row=line + error.object.count(b"\n", 0, error.start))) from error


def _pieces(path: Path, encoding: str, size: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while piece := file.read(size):
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)


def _refuse_nul(name: str, line: int) -> None:
    reason = _("this line holds a zero byte, which no text does. Save the file as “CSV UTF-8”.")
    raise TableError(reason, Place(name, row=line))


def _refuse_line(name: str, line: int, limits: Limits) -> None:
    reason = _("this line is longer than %(most)d characters, so this is hardly a table.") % {"most": limits.line}
    raise TableError(reason, Place(name, row=line))


def _separator(sample: str, rest: str) -> str:
    """Return the separator that gives most rows as many cells as the first has; a comma when there is one column."""
    whole = sample if len(sample) < _SAMPLE or not rest else sample[: sample.rindex("\n") + 1]
    best, found = (0, 0), ","
    for separator in _SEPARATORS:
        widths = _widths(whole, separator)
        if widths and widths[0] > 1:
            fit = sum(width == widths[0] for width in widths), widths[0]
            best, found = max((best, found), (fit, separator), key=lambda pair: pair[0])
    return found


def _widths(sample: str, separator: str) -> list[int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # a cell without end: what came before it counts
    return widths
