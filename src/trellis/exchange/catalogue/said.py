"""What a row says, read: values by column, and nothing of what it leaves empty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from trellis.exchange.catalogue import moments, times, words
from trellis.exchange.catalogue.columns import SESSION_KEYS
from trellis.exchange.catalogue.moments import DateOrder
from trellis.exchange.catalogue.times import Times
from trellis.exchange.tables.mapping import Record
from trellis.exchange.tables.place import TableError
from trellis.framework.tree import EditionTree

# What a dash alone empties; an empty cell leaves it as it is.
_EMPTIED: dict[str, Any] = {
    "teaches": (), "needs": (), "description": "", "access_notes": "", "provider": "",
    "place": "", "link": "", "note": "", "seats": None, "sign_up_until": None,
}  # fmt: skip


# What may have several lines.
_OF_LINES = frozenset(("description", "access_notes", "note", "teaches", "needs"))


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells are to be read: the framework, the zone where a row names none, what comes first in a date."""

    tree: EditionTree
    zone: str
    order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One row: values of the offering and of the session by column, only where something is said."""

    record: Record
    offering: Mapping[str, Any]
    session: Mapping[str, Any] = field(default_factory=dict)

    def refuse(self, key: str, reason: str) -> TableError:
        """Return the error that names this row and a column of it."""
        return TableError(reason, self.record.place(key))


def read_row(record: Record, reading: Reading) -> Said:
    """Return what a row says; raises TableError, with the column, for a cell that cannot be read."""
    texts = {key: record.text(key) for key in record.header.of}
    said = {key: _value(record, key, text, reading) for key, text in texts.items() if text and key not in times.COLUMNS}
    offering = {key: value for key, value in said.items() if key not in SESSION_KEYS}
    session = {key: value for key, value in said.items() if key in SESSION_KEYS}
    if any(texts.get(key) for key in times.COLUMNS):
        session |= Times(record, texts, session.get("zone", reading.zone), reading.order).read()
    if session and "starts_at" not in session and not {"session_uid", "session_key"} & session.keys():
        key = next(key for key in (*session, *times.COLUMNS) if texts.get(key))
        reason = _("this belongs to a session, but the row does not say when the session starts.")
        raise TableError(reason, record.place(key))
    return Said(record, offering, session)


def date_cells(record: Record) -> list[tuple[str, str]]:
    """Return the cells of a record that may hold a date, with their columns; cells without text are left out."""
    keys = [key for key in ("starts", "ends", "sign_up_until") if key in record.header.of]
    faulty = {key for key in keys if record.header.of[key] in record.row.faults}
    return [(key, text) for key in keys if key not in faulty and (text := record.text(key))]


def _value(record: Record, key: str, text: str, reading: Reading) -> Any:
    if text in moments.DASHES:
        if key in _EMPTIED:
            return _EMPTIED[key]
        raise TableError(_("this cannot be emptied."), record.place(key))
    try:
        return _read(record, key, text, reading)
    except ValueError as error:
        raise TableError(str(error), record.place(key)) from error


def _read(record: Record, key: str, text: str, reading: Reading) -> Any:
    if key not in _OF_LINES:
        text = " ".join(text.split())
    if key in ("teaches", "needs"):
        return words.cell_codes(text, reading.tree)
    if key == "minutes":
        return words.length(text, record.place(key).heading)
    if key in ("uid", "session_uid"):
        return _uid(text)
    return _READERS.get(key, str)(text)


_READERS: dict[str, Callable[[str], Any]] = {
    "cost": words.money,
    "format": words.format_of,
    "language": words.language,
    "status": words.status_of,
    "session_status": words.session_status_of,
    "seats": words.seats,
    "zone": moments.zone_named,
}


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValueError(
            _("“%(text)s” is not an ID of Trellis; leave it empty for what is new.") % {"text": text}
        ) from None
