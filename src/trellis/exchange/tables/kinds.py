"""What kind of table a file is, by its content and never by its name."""

from enum import StrEnum
from pathlib import Path

import puremagic
from django.utils.translation import gettext as _

from trellis.core.office_files import Trouble, find_trouble
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import Place, TableError

_HEAD = 2048
_LEAST_SIGNATURE = 4  # shorter ones are words that a table may begin with, such as "BM" or "ID3"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """What can be read."""

    CSV = "csv"
    WORKBOOK = "xlsx"


def kind_of(path: Path, name: str, limits: Limits) -> Kind:
    """Return the kind of a file that is called `name`; raises TableError for one that is empty, too large, or no table.

    A workbook is opened only as far as its list of parts: what it would unpack to is known before any of it is read.
    """
    place, size = Place(name), path.stat().st_size
    if size > limits.size:
        most = limits.size // (1024 * 1024)
        raise TableError(_("the file is larger than %(most)d MB.") % {"most": most}, place)
    with path.open("rb") as content:
        head = content.read(_HEAD)
        if not head.strip():
            raise TableError(_("the file is empty."), place)
        if head.startswith(b"PK"):
            trouble = find_trouble("xlsx", size, content)
            if trouble is not None:
                raise TableError(_in_words(trouble), place)
            return Kind.WORKBOOK
    _refuse_other_kinds(head, place)
    return Kind.CSV


def _refuse_other_kinds(head: bytes, place: Place) -> None:
    if head.startswith(_OLD_OFFICE):
        reason = _("this is an old .xls file, or one that is locked with a password. Save it as .xlsx or as CSV.")
        raise TableError(reason, place)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise TableError(_("this is a web page, not a table. Open it and save it as .xlsx or as CSV."), place)
    try:
        found = [
            match.extension
            for match in puremagic.magic_string(head)
            if match.extension and match.offset == 0 and len(match.byte_match) >= _LEAST_SIGNATURE
        ]
    except puremagic.PureError:
        return
    if found:
        reason = _("this is a %(kind)s file, not a table. Save it as .xlsx or as CSV.")
        raise TableError(reason % {"kind": found[0].strip(".").upper()}, place)


def _in_words(trouble: Trouble) -> str:
    return {
        Trouble.ANOTHER: _("this is not an Excel file that can be read. Save it as .xlsx or as CSV."),
        Trouble.LOCKED: _("the file is locked with a password. Save it without one, or as CSV."),
        Trouble.TOO_MUCH: _("the file unpacks to far more than its size. Save it as CSV."),
        Trouble.PROGRAMS: _("the file holds macros or other programs. Save it as .xlsx without them, or as CSV."),
    }[trouble]
