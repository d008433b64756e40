"""Says in words what stands in the whole: the README that goes along, made from the models themselves."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Field

from trellis.exchange.whole.shelves import Shelf, privacy_of, staying

_TYPES = {
    "BinaryField": "bytes, in base64", "BooleanField": "true or false", "CharField": "text", "DateField": "date",
    "DateTimeField": "moment, in UTC", "DecimalField": "decimal number, as text", "EmailField": "text",
    "FileField": "name of a file in `files/`", "FloatField": "number", "JSONField": "JSON", "SlugField": "text",
    "TextField": "text", "URLField": "text", "UUIDField": "UUID", "CodesField": "list of texts", "FoldedField": "text",
}  # fmt: skip
_ABOUT = Path(__file__).with_name("about.md")


def readme(found: tuple[Shelf, ...]) -> str:
    """Return the README, in Markdown; nothing in it depends on the rows."""
    stays = "".join(f"- `{label}`: {why}\n" for label, why in staying())
    return f"{_ABOUT.read_text(encoding='utf-8')}\n{stays}\n## The tables\n\n{''.join(map(_table, found))}"


def fields_of(shelf: Shelf) -> list[dict[str, str]]:
    """Return name, type and meaning of each field."""
    return [{"name": field.attname, "type": _type(field), "meaning": _meaning(field)} for field in shelf.fields]


def _table(shelf: Shelf) -> str:
    privacy = privacy_of(shelf.model)
    about = _first_paragraph(shelf.model.__doc__ or "")
    if about.startswith(f"{shelf.model.__name__}("):
        about = f"{shelf.model._meta.verbose_name}."  # Django's own words for who has none
    kept = f"Privacy: {privacy.cls}. Kept: {privacy.retention}.\n\n" if privacy else ""
    lines = "".join(_lines(shelf))
    return f"### `{shelf.part}`\n\n{about}\n\n{kept}| Field | Type | Meaning |\n|---|---|---|\n{lines}\n"


def _lines(shelf: Shelf) -> Iterator[str]:
    for field in fields_of(shelf):
        yield f"| `{field['name']}` | {field['type']} | {field['meaning'].replace('|', '/')} |\n"


def _type(field: "Field[Any, Any]") -> str:
    if field.related_model is not None:
        return "number of a row" if field.related_model._meta.pk.name == "id" else "key of a row"
    name = type(field).__name__
    words = _TYPES.get(name) or _TYPES.get(field.get_internal_type(), "whole number")
    return f"{words}, or null" if field.null else words


def _meaning(field: "Field[Any, Any]") -> str:
    if field.primary_key:
        return "key of the row"
    said = str(field.help_text or field.verbose_name)
    if field.related_model is not None:
        return f"{field.related_model._meta.label}: {said}"
    values = [str(value) for value, _label in field.flatchoices or () if value not in ("", None)]
    return f"{said} ({', '.join(values)})" if values else said


def _first_paragraph(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().partition("\n\n")[0])
