"""Reads the lists that the fictional association is drawn from."""

from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent.parent / "data" / "demo"


def read(name: str) -> Any:
    """Return the content of one of the lists, by its name without the ending."""
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
