"""Reads data files that come with Trellis: YAML, checked by a JSON Schema, with every fault named by file and place."""

import json
from pathlib import Path
from typing import Any

import yaml

from trellis.core.later import later

_validator = later("jsonschema.Draft202012Validator")
# libyaml reads ten times faster where it is compiled in; the safe loader is the same either way.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataFileError(Exception):
    """A data file that cannot be used; the text names the file and the place in it."""


def read_checked(path: Path, schema: Path) -> Any:
    """Return the content of a YAML file; raises DataFileError when it is missing, unreadable or against its schema."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a safe loader)
    except FileNotFoundError as error:
        raise DataFileError(f"{path}: there is no such file") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataFileError(f"{path}: {' '.join(str(error).split())}") from error
    validator = _validator(json.loads(schema.read_text(encoding="utf-8")))
    for problem in sorted(validator.iter_errors(content), key=lambda found: list(map(str, found.absolute_path))):
        place = "/".join(map(str, problem.absolute_path)) or "the top"
        raise DataFileError(f"{path}: at {place}: {problem.message[:200]}")
    return content
