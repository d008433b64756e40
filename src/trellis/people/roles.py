"""Reads the roles that come with Trellis from their file, checked by its JSON Schema."""

from pathlib import Path
from typing import Any

from trellis.core.checked import DataFileError, read_checked

DATA = Path(__file__).parent / "data"
GRANTS = ("leads", "coaches", "keeps_framework", "arranges", "runs_programmes", "endorses", "keeps_members")


def read_roles(path: Path = DATA / "roles.yaml") -> list[dict[str, Any]]:
    """Return the roles as field values of the model; raises DataFileError for anything wrong in the file."""
    content = read_checked(path, DATA / "roles.schema.json")
    codes = [role["code"] for role in content]
    for code in codes:
        if codes.count(code) > 1:
            raise DataFileError(f"{path}: the role {code} stands twice")
    return [dict.fromkeys(GRANTS, False) | {"one_in_each": ""} | role for role in content]
