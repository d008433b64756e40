"""The official JSON schemas beside the repository, which their licence keeps out of it; in CI they must be there."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft201909Validator

SCHEMAS = Path(__file__).resolve().parents[2] / "shared" / "schemas"
CREDENTIAL = "conform-ed/open-badges/v3_0/ob_v3p0_achievementcredential_schema.json"
PROFILE = "conform-ed/open-badges/v3_0/ob_v3p0_profile_schema.json"
TRANSCRIPT = "conform-ed/clr/v2_0/clr_v2p0_clrcredential_schema.json"


@cache
def _validator(name: str) -> Draft201909Validator:
    return Draft201909Validator(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))


def faults(document: Any, name: str) -> list[str]:
    """Return what an official schema has against a document.

    Without the schemas nothing is found on a developer's machine; in CI that is a failure, or nobody would notice.
    """
    if not SCHEMAS.is_dir():
        if os.environ.get("CI"):
            raise AssertionError("../shared/schemas is missing, and CI needs it")
        return []
    return [f"{error.json_path}: {error.message[:200]}" for error in _validator(name).iter_errors(document)]
