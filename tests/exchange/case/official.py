"""The official schemas of CASE 1.1, from outside of the repository: as data for tests, and never shipped."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, FormatChecker

from tests.seeds import SEEDS

FOLDER = SEEDS.parent / "schemas" / "case-v1p1"
PACKAGE = FOLDER / "case-v1p1-cfpackage.official.json"


# jsonschema knows days by itself and moments only with another package; one must not pass as the other.
_formats = FormatChecker(["date"])


@_formats.checks("date-time")
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or "T" in value


@cache
def validator(path: Path) -> Draft7Validator:
    """Return what checks against one of the official schemas."""
    return Draft7Validator(json.loads(path.read_text(encoding="utf-8")), format_checker=_formats)


def of_operation(name: str) -> Draft7Validator:
    """Return what checks a successful answer of an operation, such as `getCFItem`."""
    return validator(FOLDER / f"{name}-200-responsepayload-schema.json")


def refusal() -> Draft7Validator:
    """Return what checks the body of a refusal."""
    return validator(FOLDER / "error-imsx_StatusInfo-responsepayload-schema.json")


def faults(check: Draft7Validator, content: Any) -> list[str]:
    """Return what is wrong with a document, each with its place."""
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in check.iter_errors(content)]
