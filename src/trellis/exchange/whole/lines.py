"""One row as one line of JSON, the same on every database, and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, Model

from trellis.exchange.plain import as_text
from trellis.exchange.whole.shelves import Shelf


class LineError(ValueError):
    """A line that is no row of its model; the text says which field, and what is wrong with it."""


def line(names: Sequence[str], values: Sequence[Any]) -> bytes:
    """Return a row as a line of UTF-8, its fields by name."""
    # Sorted all the way down: PostgreSQL keeps the keys of JSON in an order of its own.
    values_by_name = dict(zip(names, values, strict=True))
    text = json.dumps(values_by_name, default=as_text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def row(shelf: Shelf, raw: bytes, held_back: Mapping[str, Any]) -> Model:
    """Return what a line says as an unsaved row; raises LineError.

    `held_back` stands in some fields for now, in place of what the line says.
    """
    values = _values(raw)
    if values.keys() != set(shelf.names):
        wrong = sorted(values.keys() ^ set(shelf.names))
        raise LineError(f"field {wrong[0]!r} is {'missing' if wrong[0] in shelf.names else 'not known here'}")
    kept = {field.attname: _kept(field, values[field.attname]) for field in shelf.fields}
    return shelf.model(**kept | dict(shelf.instead) | dict(held_back))


def _values(raw: bytes) -> dict[str, Any]:
    try:
        values = json.loads(raw, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise LineError("it is no line of JSON") from error
    if not isinstance(values, dict):
        raise LineError("it is no row")
    if b"\\u0000" in raw:
        raise LineError("it holds a NUL character, which no database keeps")
    return values


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def _kept(field: "Field[Any, Any]", value: Any) -> Any:
    if value is None:
        if not field.null:
            raise LineError(f"field {field.attname!r} is empty")
        return None
    try:
        found = field.to_python(value)
    except (ValidationError, ValueError, TypeError, ArithmeticError) as error:
        raise LineError(f"field {field.attname!r} cannot hold {str(value)[:40]!r}") from error
    if isinstance(field, CharField) and not isinstance(value, str | list):
        raise LineError(f"field {field.attname!r} holds no text")
    if isinstance(found, str) and field.max_length is not None and len(found) > field.max_length:
        raise LineError(f"field {field.attname!r} is longer than {field.max_length} characters")
    return found
