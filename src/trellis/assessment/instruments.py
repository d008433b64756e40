"""Reads instruments from their YAML files, each checked by the JSON Schema beside them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

DATA = Path(__file__).parent / "data"
SHORT_SELF = "short-self"


class InstrumentFileError(Exception):
    """An instrument's file that cannot be used; the text names the file and the place in it."""


@cache
def shipped() -> dict[str, dict[str, Any]]:
    """Return every instrument that comes with Trellis, by its code; raises InstrumentFileError for a bad file."""
    validator = Draft202012Validator(json.loads((DATA / "instrument.schema.json").read_text(encoding="utf-8")))
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / "instruments").glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, yaml.YAMLError) as error:
            raise InstrumentFileError(f"{path}: {' '.join(str(error).split())}") from error
        for problem in validator.iter_errors(content):
            place = "/".join(map(str, problem.absolute_path)) or "the top"
            raise InstrumentFileError(f"{path}: at {place}: {problem.message}")
        if content["code"] in found:
            raise InstrumentFileError(f"{path}: the instrument {content['code']} has a file already")
        found[content["code"]] = content
    return found
