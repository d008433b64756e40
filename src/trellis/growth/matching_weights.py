"""Reads the weights of matching from their file, checked by its JSON Schema."""

from functools import cache
from pathlib import Path
from typing import Any

from trellis.core.checked import read_checked

_DATA = Path(__file__).parent / "data"


@cache
def weights() -> dict[str, Any]:
    """Return the weights as the file has them; raises DataFileError for a bad file."""
    found: dict[str, Any] = read_checked(_DATA / "matching.yaml", _DATA / "matching.schema.json")
    return found
