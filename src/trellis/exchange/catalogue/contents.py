"""From what rows say to what an offering or a session will say, checked, and how that differs from what is there."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.exchange.catalogue.moments import local_text
from trellis.exchange.catalogue.plan import Change
from trellis.framework.tree import EditionTree
from trellis.learning.actions import CellRef, OfferingContent, SessionContent, cell_refs
from trellis.learning.models import Format, Offering, OfferingStatus, Place, Session, SessionStatus

OFFERING_FIELDS = ("title", "minutes", "description", "provider", "key", "format", "language", "access_notes", "cost")
_SESSION_FIELDS = {
    "starts": "starts_at", "ends": "ends_at", "zone": "zone", "place": "place", "link": "link", "seats": "seats",
    "sign_up_until": "sign_up_until", "note": "note", "session_key": "key",
}  # fmt: skip
_COLUMN_OF = {field: key for key, field in _SESSION_FIELDS.items()}
_NOTHING = gettext_lazy("nothing")


class FieldError(Exception):
    """Something that cannot be stored; its arguments are the column's key and the reason."""


def offering_content(known: Offering | None, values: Mapping[str, Any], tree: EditionTree) -> OfferingContent:
    """Return what an offering will say; raises FieldError when that cannot be."""
    before = content_of(known) if known else None
    plain: dict[str, Any] = {name: values.get(name, getattr(before, name, None)) for name in OFFERING_FIELDS}
    for key in ("title", "minutes"):
        if not plain[key]:
            raise FieldError(
                key, _("a new offering needs a title.") if key == "title" else _("a new offering needs its length.")
            )
    teaches, needs = (_cells(key, before, values, tree) for key in ("teaches", "needs"))
    if {cell.cell_uid for cell in teaches} & {cell.cell_uid for cell in needs}:
        raise FieldError("needs", _("a step cannot be taught and needed first at once."))
    said = {name: value for name, value in plain.items() if value is not None}
    # No column says it: a list that is brought in makes nothing public, and leaves public what is.
    content = OfferingContent(**said, teaches=teaches, needs=needs, is_public=bool(before and before.is_public))
    fields = {name: getattr(content, name) for name in OFFERING_FIELDS}
    _check(Offering(**fields), OFFERING_FIELDS, {})
    return content


def content_of(offering: Offering) -> OfferingContent:
    """Return what an offering says now; its cells are fetched with it."""
    cells: dict[str, list[CellRef]] = {Place.TEACHES: [], Place.NEEDS: []}
    for cell in offering.cells.all():
        cells[cell.place].append(CellRef(cell.theme_uid, cell.theme_code, cell.cell_uid, cell.cell_code, cell.level))
    return OfferingContent(
        **{name: getattr(offering, name) for name in OFFERING_FIELDS},
        teaches=tuple(cells[Place.TEACHES]),
        needs=tuple(cells[Place.NEEDS]),
        is_public=offering.is_public,
    )


def _cells(
    key: str, before: OfferingContent | None, values: Mapping[str, Any], tree: EditionTree
) -> tuple[CellRef, ...]:
    held: tuple[CellRef, ...] = getattr(before, key) if before else ()
    if key not in values:
        return held
    said = cell_refs(tree, values[key])
    # Cells of another edition have other codes: the same steps are no change.
    return held if {cell.cell_uid for cell in held} == {cell.cell_uid for cell in said} else said


def offering_changes(known: Offering, content: OfferingContent, status: str) -> tuple[Change, ...]:
    """Return what changes of an offering, in words."""
    before = content_of(known)
    pairs = [(name, getattr(before, name), getattr(content, name)) for name in OFFERING_FIELDS]
    pairs += [(name, _codes(getattr(before, name)), _codes(getattr(content, name))) for name in ("teaches", "needs")]
    pairs.append(("status", known.status, status))
    return tuple(Change(key, _shown(key, old), _shown(key, new)) for key, old, new in pairs if old != new)


def session_content(known: Session | None, values: Mapping[str, Any], *, minutes: int, zone: str) -> SessionContent:
    """Return what a session will say; raises FieldError when that cannot be.

    An end that is not said follows from the length: that of the session where it is known, else of the offering.
    """
    before = session_content_of(known) if known else None
    starts_at = values.get("starts_at", before.starts_at if before else None)
    if starts_at is None:
        raise FieldError("starts", _("a new session needs the day and the time at which it starts."))
    took = before.ends_at - before.starts_at if before else dt.timedelta(minutes=minutes)
    made = {
        field: values.get(field if field in ("starts_at", "ends_at") else key, getattr(before, field, None))
        for key, field in _SESSION_FIELDS.items()
    }
    made |= {"starts_at": starts_at, "ends_at": values.get("ends_at", starts_at + took)}
    made["zone"] = made["zone"] or zone
    content = SessionContent(**{name: value for name, value in made.items() if value is not None})
    if content.ends_at <= content.starts_at:
        raise FieldError("ends", _("it must end after it starts."))
    if content.sign_up_until is not None and content.sign_up_until > content.ends_at:
        raise FieldError("sign_up_until", _("people sign up before the session, not after it."))
    checked = [field for field in made if field not in ("starts_at", "ends_at", "sign_up_until")]
    _check(Session(**{field: getattr(content, field) for field in checked}), checked, _COLUMN_OF)
    return content


def session_content_of(session: Session) -> SessionContent:
    """Return what a session says now, to the minute: a table holds no seconds."""
    made = {field: getattr(session, field) for field in _SESSION_FIELDS.values()}
    for field in ("starts_at", "ends_at", "sign_up_until"):
        made[field] = made[field] and made[field].astimezone(dt.UTC).replace(second=0, microsecond=0)
    return SessionContent(**made)


def session_changes(known: Session, content: SessionContent) -> tuple[Change, ...]:
    """Return what changes of a session, in words; times are those of the clock there."""
    before = session_content_of(known)
    return tuple(
        Change(key, _session_shown(field, before), _session_shown(field, content))
        for key, field in _SESSION_FIELDS.items()
        if getattr(before, field) != getattr(content, field)
    )


def cancelling() -> tuple[Change, ...]:
    """Return the one change of a session that will not take place."""
    return (Change("session_status", str(SessionStatus.PLANNED.label), str(SessionStatus.CANCELLED.label)),)


def _check(instance: Model, fields: Any, columns: Mapping[str, str]) -> None:
    others = [field.name for field in instance._meta.fields if field.name not in fields]
    try:
        instance.clean_fields(exclude=others)
    except ValidationError as error:
        name, reasons = next(iter(error.message_dict.items()))
        raise FieldError(columns.get(name, name), " ".join(reasons)) from error


def _codes(cells: tuple[CellRef, ...]) -> tuple[str, ...]:
    return tuple(cell.cell_code for cell in cells)


def _shown(key: str, value: Any) -> str:
    match key, value:
        case "format", _:
            return str(Format(value).label)
        case "status", _:
            return str(OfferingStatus(value).label)
        case "minutes", int():
            return _("%(minutes)d min") % {"minutes": value}
        case _, tuple():
            return "; ".join(value) or str(_NOTHING)
        case _, Decimal():
            return f"{value:.2f}"
    return str(value) or str(_NOTHING)


def _session_shown(field: str, content: SessionContent) -> str:
    value = getattr(content, field)
    if isinstance(value, dt.datetime):
        return local_text(value, content.zone)
    return str(_NOTHING) if value in (None, "") else str(value)
