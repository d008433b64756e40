"""Reads the suggested role profiles from their YAML files, each checked by the JSON Schema beside them."""

from functools import cache
from pathlib import Path
from typing import Any

from trellis.core.checked import read_checked

DATA = Path(__file__).parent / "data"


@cache
def suggested() -> tuple[dict[str, Any], ...]:
    """Return the suggested profiles: framework and role codes, why, and target levels by theme code.

    Raises DataFileError for a bad file.
    """
    return tuple(
        read_checked(path, DATA / "profile.schema.json") for path in sorted((DATA / "profiles").glob("*.yaml"))
    )
