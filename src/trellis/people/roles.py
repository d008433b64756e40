"""Reads the roles that come with Trellis from their file, checked by its JSON Schema."""

import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

DATA = Path(__file__).parent / "data"
GRANTS = ("leads", "coaches", "keeps_framework")


class RoleFileError(ValueError):
    """A role file that cannot be used; its text names the file and the place."""


def read_roles(path: Path = DATA / "roles.yaml") -> list[dict[str, Any]]:
    """Return the roles as field values of the model; raises RoleFileError for anything wrong in the file."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    schema = json.loads((DATA / "roles.schema.json").read_text(encoding="utf-8"))
    for problem in Draft202012Validator(schema).iter_errors(content):
        place = "/".join(map(str, problem.absolute_path)) or "the top"
        raise RoleFileError(f"{path}: at {place}: {problem.message[:200]}")
    codes = [role["code"] for role in content]
    for code in codes:
        if codes.count(code) > 1:
            raise RoleFileError(f"{path}: the role {code} stands twice")
    return [dict.fromkeys(GRANTS, False) | role for role in content]
