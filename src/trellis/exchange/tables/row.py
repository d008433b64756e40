"""A row of a table: its texts as they were written, and the cells that have no text to go by."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(StrEnum):
    """Why a cell of a workbook has no text to go by."""

    FAILED = "failed"
    UNCOUNTED = "uncounted"


FAULTS: dict[Fault, Promise] = {
    Fault.FAILED: _("the formula in this cell ends in an error"),
    Fault.UNCOUNTED: _(
        "this cell holds a formula whose result is not in the file; open the file in a spreadsheet program and save it"
    ),
}
_NO_FAULTS: Mapping[int, Fault] = {}


class Row(NamedTuple):
    """One row that is not empty: its sheet ("" where a file has none), its number from 1, its cells from the first on.

    Every cell is text: numbers without decoration, dates as `2026-03-05` or `2026-03-05 18:30`. `faults` names cells
    (from 0) that have none.
    """

    sheet: str
    number: int
    cells: Sequence[str]
    faults: Mapping[int, Fault] = _NO_FAULTS
