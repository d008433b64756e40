"""Reads the suggested role profiles from their YAML files, each checked by the JSON Schema beside them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

DATA = Path(__file__).parent / "data"


class ProfileFileError(Exception):
    """A profile's file that cannot be used; the text names the file and the place in it."""


@cache
def suggested() -> tuple[dict[str, Any], ...]:
    """Return the suggested profiles: framework and role codes, why, and target levels by theme code.

    Raises ProfileFileError for a bad file.
    """
    validator = Draft202012Validator(json.loads((DATA / "profile.schema.json").read_text(encoding="utf-8")))
    found = []
    for path in sorted((DATA / "profiles").glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, yaml.YAMLError) as error:
            raise ProfileFileError(f"{path}: {' '.join(str(error).split())}") from error
        for problem in validator.iter_errors(content):
            place = "/".join(map(str, problem.absolute_path)) or "the top"
            raise ProfileFileError(f"{path}: at {place}: {problem.message}")
        found.append(content)
    return tuple(found)
