"""Reads instruments from their YAML files, each checked by the JSON Schema beside them, in the reader's language."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from trellis.core.checked import DataFileError, read_checked

DATA = Path(__file__).parent / "data"
SHORT_SELF = "short-self"
DEEP_SELF = "deep-self"
THREE_SIXTY = "three-sixty"
READINESS = "readiness"
PROGRAM_EVALUATION = "program-evaluation"

# What holds codes and kinds, not words for people.
_CODES = {"code", "about_whom", "asks", "of", "layout", "relations", "named", "kind", "moment", "es"}


@cache
def shipped() -> dict[str, dict[str, Any]]:
    """Return every instrument that comes with Trellis, by its code; raises DataFileError for a bad file."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / "instruments").glob("*.yaml")):
        content = read_checked(path, DATA / "instrument.schema.json")
        if content["code"] in found:
            raise DataFileError(f"{path}: the instrument {content['code']} has a file already")
        unknown = set(content.get("es", {})) - set(_texts(content))
        if unknown:
            raise DataFileError(f"{path}: at es: {min(unknown)!r} is no text of this instrument")
        found[content["code"]] = content
    return found


def in_language(definition: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a definition with its texts in that language; what is not translated stays as it is."""
    spoken: dict[str, Any] = _translated(definition, definition.get(language[:2], {}))
    return spoken


def has_own_door(definition: Mapping[str, Any]) -> bool:
    """Say whether a person may take it up by themselves: page by page, about themselves, and on no set occasion.

    Attributes are a team's, so they are asked in a meeting of it.
    """
    about_self = definition["about_whom"] == "self" and definition["layout"] == "pages"
    has_moments = any("moment" in aspect for aspect in definition.get("aspects", ()))
    return about_self and not has_moments and definition["asks"] != "attribute"


def for_reader(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return a definition with its texts in the reader's language."""
    return in_language(definition, get_language() or "en")


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in _CODES:
                yield from [value] if isinstance(value, str) else _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _translated(node: Any, words: Mapping[str, str]) -> Any:
    if isinstance(node, Mapping):
        return {
            key: value
            if key in _CODES
            else words.get(value, value)
            if isinstance(value, str)
            else _translated(value, words)
            for key, value in node.items()
        }
    return [_translated(value, words) for value in node] if isinstance(node, list) else node
