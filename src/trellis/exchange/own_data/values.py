"""Turns a row into what its person reads: fields by name, rows that it points at in words, nothing secret."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import BinaryField, Field, FileField, Model

from trellis.core.privacy import PrivacyClass
from trellis.exchange.plain import as_text
from trellis.exchange.whole.shelves import privacy_of
from trellis.learning.models import Session

# What a row is called, in the words of whoever made it.
_NAMES = ("name", "title", "code", "short", "text", "text_self")


def given_fields(model: type[Model], wanted: Collection[str]) -> "tuple[Field[Any, Any], ...]":
    """Return the fields of a model that are given: those that are wanted, or all that are neither secret nor sealed."""
    privacy = privacy_of(model)
    secret = {name for name, cls in privacy.fields.items() if cls is PrivacyClass.SECRET} if privacy else set()
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not isinstance(field, BinaryField | FileField)  # sealed words are opened apart; files are on their page
        and field.name not in secret
        and (not wanted or field.name in wanted)
    )


def values_of(row: Model, fields: "Collection[Field[Any, Any]]", *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the values of these fields by name; `without` names those that would only say whose the row is."""
    return {field.name: _value(row, field) for field in fields if field.name not in without}


def pointed_at(fields: "Collection[Field[Any, Any]]") -> list[str]:
    """Return the paths to what these fields point at, and on to what that is called by."""
    paths = [each.name for each in fields if each.related_model is not None]
    return paths + [f"{each.name}__offering" for each in fields if each.related_model is Session]


def labels_of(fields: "Collection[Field[Any, Any]]") -> dict[str, str]:
    """Return what each field is called on paper."""
    return {field.name: str(field.verbose_name).capitalize() for field in fields}


def _value(row: Model, field: "Field[Any, Any]") -> Any:
    if field.related_model is not None:
        related = getattr(row, field.name)
        return None if related is None else called(related)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return plain(getattr(row, field.attname))


def called(row: Model) -> str:
    """Return what a row is called."""
    if isinstance(row, Session):
        return f"{row.offering.title}, {row.starts_at:%Y-%m-%d}"
    said = (getattr(row, name, "") for name in _NAMES)
    return str(next((name for name in said if name), row))


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return as_text(value)
