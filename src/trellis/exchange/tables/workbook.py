"""Reads Excel files by way of a child process: what is in them can use up its memory and time, and nobody else's."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import Place, TableError
from trellis.exchange.tables.row import Fault, Row

MEGABYTES = 512
SECONDS = 20
_CHILD = Path(__file__).with_name("workbook_child.py")
# Nothing of the site's environment; openpyxl is told to use the parser that expands no entities.
_ENVIRONMENT = {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True", "OPENBLAS_NUM_THREADS": "1"}


def workbook_rows(path: Path, name: str, limits: Limits, notes: list[str]) -> Generator[Row, None, None]:
    """Yield the rows of the visible sheets that are not empty; what a person should know goes to `notes` on the way.

    Raises TableError for a file that is broken, or needs more memory, time, rows or columns than it may have.
    """
    most = (MEGABYTES, SECONDS, limits.rows + 1, limits.columns, limits.cell)
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), *map(str, most)]
    with path.open("rb") as content:
        child = subprocess.Popen(  # noqa: S603  (our own script, by its own path)
            command, stdin=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
        )
    try:
        yield from _rows(child, name, limits, notes)
    finally:
        child.kill()
        child.communicate()


def _rows(child: "subprocess.Popen[bytes]", name: str, limits: Limits, notes: list[str]) -> Generator[Row, None, None]:
    sheet, ended = "", None
    for line in child.stdout or ():
        said: list[Any] = []
        with suppress(ValueError):  # a child that was stopped leaves half a line
            said = json.loads(line)
        match said:
            case [int(number), cells]:
                yield Row(sheet, number, cells)
            case [int(number), cells, dict(faults)]:
                yield Row(sheet, number, cells, {int(place): Fault(fault) for place, fault in faults.items()})
            case ["sheet", title]:
                sheet = title
            case ["note", what, title]:
                notes.append(_note(what) % {"name": title})
            case ["end", *how]:
                ended = how
    if ended != [""]:
        _refuse(ended or ["memory"], Place(name, sheet), limits)


def _note(what: str) -> str:
    if what == "hidden":
        return _("The sheet “%(name)s” is hidden, so it was left out.")
    return _("The sheet “%(name)s” has merged cells: only the first of them holds the text, the others are empty.")


def _refuse(how: list[Any], place: Place, limits: Limits) -> None:
    what, row, column = (*how, 0, 0)[:3]
    reasons = {
        "memory": _("the file needs too much memory or time to be read. Save it as CSV, or in smaller parts."),
        "broken": _("the file is damaged, or not an Excel file. Save it again, or as CSV."),
        "rows": _("the file has more than %(most)d rows.") % {"most": limits.rows},
        "columns": _("this row has more than %(most)d columns.") % {"most": limits.columns},
        "characters": _("this cell is longer than %(most)d characters.") % {"most": limits.cell},
    }
    raise TableError(reasons[what], Place(place.file, place.sheet, row, column))
