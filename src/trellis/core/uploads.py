"""Which files are taken, and whether an upload is one: by its content first, then by its name."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import puremagic
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from trellis.core.office_files import OFFICE, OPEN_DOCUMENT, trouble_in_office_file, trouble_in_open_document

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120
_HEAD = 2048
_CHUNK = 64 * 1024


class FileRefusedError(ValueError):
    """A file that is not taken; its text names the file and says why, in plain words."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that is taken: its ending, what it is served as, and why it is on the list."""

    ending: str
    mime: str
    why: str


# What people hand round at work. Not on the list, with reasons: HTML and SVG run scripts; office files of old
# and with macros run programs; sound and film hold the voices of others, so that a link to them is better.
TYPES = {
    kind.ending: kind
    for kind in (
        FileType("pdf", "application/pdf", "flyers, agreements, certificates; never opened on the server"),
        FileType("png", "image/png", "a picture of a chart or a board"),
        FileType("jpg", "image/jpeg", "a photo of a sign-in sheet or a wall chart"),
        FileType("webp", "image/webp", "what newer phones save pictures as"),
        FileType("docx", OFFICE["docx"].mime, "agendas, plans and letters"),
        FileType("xlsx", OFFICE["xlsx"].mime, "budgets and lists"),
        FileType("pptx", OFFICE["pptx"].mime, "slides of a training"),
        FileType("odt", OPEN_DOCUMENT["odt"], "the same from LibreOffice"),
        FileType("ods", OPEN_DOCUMENT["ods"], "the same from LibreOffice"),
        FileType("odp", OPEN_DOCUMENT["odp"], "the same from LibreOffice"),
        FileType("txt", "text/plain", "notes"),
        FileType("csv", "text/csv", "tables"),
    )
}
_OTHER_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}
_PICTURES = {"pdf": {".pdf"}, "png": {".png"}, "jpg": {".jpg", ".jpeg"}, "webp": {".webp"}}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def known_as(name: str) -> str:
    """Return what a file is called, fit to be stored and shown: no folders, no characters that steer, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    stem, dot, ending = " ".join(shown.split()).rpartition(".")
    if not dot:
        return ending[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if len(ending) < LONGEST_NAME else ending[:LONGEST_NAME]


def endings() -> str:
    """Return the endings that a browser's file chooser should offer, such as `.pdf,.png`."""
    return ",".join(f".{ending}" for ending in (*TYPES, *_OTHER_ENDINGS))


def check_file(upload: "UploadedFile[bytes]") -> FileType:
    """Return the type of an upload; raises FileRefusedError when it is empty, too large, or not what its name says.

    It is read from its start in pieces and left at its start. Nothing is unpacked or interpreted.
    """
    shown, size, content = known_as(upload.name or "") or _("The file"), upload.size or 0, upload.file
    if size > MOST_BYTES:
        raise FileRefusedError(_("%(name)s is larger than 10 MB.") % {"name": shown})
    if not size or content is None:
        raise FileRefusedError(_("%(name)s is empty.") % {"name": shown})
    written = shown.rpartition(".")[2].lower() if "." in shown else ""
    kind = TYPES.get(_OTHER_ENDINGS.get(written, written))
    if kind is None:
        raise FileRefusedError(
            _("%(name)s is of a type that we do not take. These we take: %(types)s.")
            % {"name": shown, "types": ", ".join(TYPES)}
        )
    trouble = _CHECKS[kind.ending](kind.ending, size, content)
    content.seek(0)
    if trouble:
        raise FileRefusedError(f"{shown}: {trouble}")
    return kind


def _picture(ending: str, size: int, content: IO[bytes]) -> str:
    """Say what is wrong with a file that has a signature at its start."""
    content.seek(0)
    head = content.read(_HEAD)
    try:
        found = {match.extension for match in puremagic.magic_string(head) if match.offset >= 0}
    except puremagic.PureError:
        found = set()
    if not found & _PICTURES[ending]:
        return _("its content is not what its name says.")
    return ""


def _text(ending: str, size: int, content: IO[bytes]) -> str:
    """Say what is wrong with a file of plain text: anything that no text holds, or that a browser would run."""
    content.seek(0)
    head = content.read(_HEAD)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _("it is a web page or a drawing, not plain text.")
    content.seek(0)
    while piece := content.read(_CHUNK):
        if _CONTROL.search(piece):
            return _("it is not plain text. Save it as “Text (UTF-8)”, or as a PDF.")
    return ""


_CHECKS: dict[str, Callable[[str, int, IO[bytes]], str]] = {
    **dict.fromkeys(_PICTURES, _picture),
    **dict.fromkeys(OFFICE, trouble_in_office_file),
    **dict.fromkeys(OPEN_DOCUMENT, trouble_in_open_document),
    "txt": _text,
    "csv": _text,
}
