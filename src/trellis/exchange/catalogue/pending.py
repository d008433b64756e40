"""The import that waits for its person's word: the file lies in a folder of its own, the session knows its name.

The file is gone after a day, and with the import; nobody else's session leads to it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from django.http import HttpRequest

from trellis.exchange.calendar.reader import is_calendar, read_calendar
from trellis.exchange.catalogue.moments import DateOrder
from trellis.exchange.catalogue.planning import Answers
from trellis.exchange.catalogue.sheets import Sheets, read_sheets
from trellis.framework import uploads

_KEY = "catalogue_import"


@dataclass(frozen=True, slots=True)
class Pending:
    """What was uploaded for which unit (its uid), and what has been answered since."""

    kept: str
    file: str
    unit: str
    zone: str
    order: str = ""
    lists_new: bool = False
    same: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def path(self) -> Path | None:
        """The file, or None when it is gone."""
        return uploads.path_of(self.kept)

    @property
    def answers(self) -> Answers:
        """What has been answered, for planning."""
        order = DateOrder(self.order) if self.order in set(DateOrder) else None
        return Answers(self.zone, order, self.lists_new, self.same)

    def with_answers(self, **answers: Any) -> "Pending":
        """Return it with other answers."""
        return replace(self, **answers)


def pending_of(request: HttpRequest) -> Pending | None:
    """Return what this session has uploaded and not confirmed."""
    kept = request.session.get(_KEY)
    return Pending(**kept) if kept else None


def remember(request: HttpRequest, pending: Pending) -> None:
    """Keep it in the session."""
    request.session[_KEY] = asdict(pending)


def forget(request: HttpRequest) -> None:
    """Delete the file that this session has not confirmed, if there is one."""
    kept = request.session.pop(_KEY, None)
    if kept:
        uploads.forget(kept["kept"])


def read_any(path: Path, name: str, columns: Mapping[str, Mapping[str, int]] | None = None) -> Sheets:
    """Read a table or a calendar, whichever it is by its content; raises TableError."""
    return read_calendar(path, name) if is_calendar(path) else read_sheets(path, name, columns)
