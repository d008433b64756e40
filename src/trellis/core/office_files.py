"""Whether an office file is a plain one: a real container, without macros, and no bomb. Nothing is unpacked."""

import re
import struct
import zlib
from collections.abc import Callable
from enum import StrEnum
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.utils.translation import gettext as _


class Trouble(StrEnum):
    """Why an office file is not taken."""

    ANOTHER = "another"  # its content is not what its name says
    LOCKED = "locked"
    TOO_MUCH = "too much"
    PROGRAMS = "programs"


class OfficeType(NamedTuple):
    """A type of Office Open XML: what it is served as, and the part that every file of it has."""

    mime: str
    main: str


_OOXML = "application/vnd.openxmlformats-officedocument"
OFFICE = {
    "docx": OfficeType(f"{_OOXML}.wordprocessingml.document", "word/document.xml"),
    "xlsx": OfficeType(f"{_OOXML}.spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": OfficeType(f"{_OOXML}.presentationml.presentation", "ppt/presentation.xml"),
}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}

# What a file of 10 MB honestly needs; declared sizes are enough, as nobody here unpacks what they declare.
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
MOST_ENTRIES = 2000
_MOST_DIRECTORY = 512 * 1024
_MOST_LIST = 256 * 1024  # of the list of content types, the one part that is read
_END = struct.Struct("<4s4H2LH")  # the record that ends every container

# Programs, in the places where office suites keep them: macros old and new, ActiveX, embedded objects, scripts.
_PROGRAMS = re.compile(
    r"vba(project|data)|(^|/)macrosheets/|(^|/)activex/|oleobject[^/]*\.bin$|(^|/)(basic|scripts)/", re.IGNORECASE
)
_STEPS_OUT = re.compile(r"^[/\\]|(^|[/\\])\.\.([/\\]|$)|^[A-Za-z]:|[\x00-\x1f]")


def trouble_in_office_file(ending: str, size: int, content: IO[bytes]) -> str:
    """Say in plain words what is wrong with a docx, xlsx or pptx; an empty text when nothing is."""
    return _in_words(find_trouble(ending, size, content))


def find_trouble(ending: str, size: int, content: IO[bytes]) -> Trouble | None:
    """Return what is wrong with a docx, xlsx or pptx, or None, for who has other words for it."""

    def parts(container: ZipFile, names: set[str]) -> Trouble | None:
        if OFFICE[ending].main not in names or "[Content_Types].xml" not in names:
            return Trouble.ANOTHER
        with container.open("[Content_Types].xml") as listed:
            types = listed.read(_MOST_LIST + 1)
        if len(types) > _MOST_LIST:
            return Trouble.TOO_MUCH
        return Trouble.PROGRAMS if b"macroenabled" in types.lower() or b"vbaproject" in types.lower() else None

    return _trouble(size, content, parts)


def trouble_in_open_document(ending: str, size: int, content: IO[bytes]) -> str:
    """Say in plain words what is wrong with an odt, ods or odp; an empty text when nothing is."""

    def parts(container: ZipFile, names: set[str]) -> Trouble | None:
        if "content.xml" not in names or container.infolist()[0].filename != "mimetype":
            return Trouble.ANOTHER
        with container.open("mimetype") as declared:
            found = declared.read(100)
        return None if found.strip().decode("ascii", "replace") == OPEN_DOCUMENT[ending] else Trouble.ANOTHER

    return _in_words(_trouble(size, content, parts))


def _trouble(size: int, content: IO[bytes], parts: Callable[[ZipFile, set[str]], Trouble | None]) -> Trouble | None:
    if not _is_small_container(size, content):
        return Trouble.ANOTHER
    try:
        with ZipFile(content) as container:
            return _trouble_with_entries(container) or parts(container, set(container.namelist()))
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, struct.error, zlib.error):
        # A container that cannot be read is none; zipfile says so in all of these ways.
        return Trouble.ANOTHER


def _is_small_container(size: int, content: IO[bytes]) -> bool:
    """Look at both ends, before zipfile reads a list of entries that could be a bomb itself."""
    content.seek(0)
    if content.read(4) != b"PK\x03\x04" or size < _END.size:
        return False
    content.seek(size - _END.size)
    mark, _disk, _start, here, entries, length, offset, comment = _END.unpack(content.read(_END.size))
    return bool(
        mark == b"PK\x05\x06"
        and not comment
        and here == entries
        and 0 < entries <= MOST_ENTRIES
        and length <= _MOST_DIRECTORY
        and offset + length + _END.size == size
    )


def _trouble_with_entries(container: ZipFile) -> Trouble | None:
    entries = container.infolist()
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or len(names) > MOST_ENTRIES or any(map(_STEPS_OUT.search, names)):
        return Trouble.ANOTHER
    if any(entry.flag_bits & 0x1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        return Trouble.LOCKED
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
        return Trouble.TOO_MUCH
    return Trouble.PROGRAMS if any(map(_PROGRAMS.search, names)) else None


def _in_words(trouble: Trouble | None) -> str:
    if trouble is None:
        return ""
    return {
        Trouble.ANOTHER: _("its content is not what its name says."),
        Trouble.LOCKED: _("it is locked with a password, or packed in a way that office programs do not use."),
        Trouble.TOO_MUCH: _("it unpacks to far more than its size. Save it as a PDF."),
        Trouble.PROGRAMS: _("it holds macros or other programs. Save it without them, or as a PDF."),
    }[trouble]
