"""Reads the plans to start from that come with Trellis, each checked by the JSON Schema beside them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from trellis.core.checked import DataFileError, read_checked
from trellis.growth.models import PlanTemplate

DATA = Path(__file__).parent / "data"


@cache
def shipped() -> tuple[dict[str, Any], ...]:
    """Return what the files hold; raises DataFileError for a bad one, and for a translation of nothing."""
    found = []
    for path in sorted((DATA / "plan_templates").glob("*.yaml")):
        content = read_checked(path, DATA / "plan_template.schema.json")
        unknown = set(content.get("es", {})) - set(_texts(content))
        if unknown:
            raise DataFileError(f"{path}: at es: {min(unknown)!r} is no text of this plan")
        found.append(content)
    return tuple(found)


def spoken(template: PlanTemplate, text: str) -> str:
    """Return a text of a template in the reader's language, as it stands where there is no other."""
    words: dict[str, str] = template.words.get((get_language() or "en")[:2], {})
    return words.get(text, text)


def _texts(content: dict[str, Any]) -> Iterator[str]:
    yield content["title"]
    yield content["about"]
    for goal in content["goals"]:
        yield goal["reason"]
        yield from (step["text"] for step in goal["steps"] if "text" in step)
