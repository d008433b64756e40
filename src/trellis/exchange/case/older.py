"""CASE 1.0, for the readers that ask for nothing newer: what 1.1 added is left out."""

from collections.abc import Mapping
from typing import Any

from trellis.exchange.case.identity import BASE_PATH

OLDER_PATH = "/ims/case/v1p0"
# By the name of the field that holds such an object, or a list of them; a set's own name is the field's.
_ADDED = {
    "CFDocument": {"caseVersion", "frameworkType"},
    "CFDocuments": {"caseVersion", "frameworkType"},
    "CFItem": {"subject", "subjectURI"},
    "CFItems": {"subject", "subjectURI"},
    "CFAssociation": {"notes"},
    "CFAssociations": {"notes"},
    "originNodeURI": {"targetType"},
    "destinationNodeURI": {"targetType"},
}


def older(content: Any, name: str = "") -> Any:
    """Return an object of CASE 1.1 as 1.0 has it; `name` says what the outermost one is, such as `CFItem`."""
    if isinstance(content, Mapping):
        left_out = _ADDED.get(name, set()) | {"extensions"}
        return {key: older(value, key) for key, value in content.items() if key not in left_out}
    if isinstance(content, list):
        return [older(each, name) for each in content]
    if isinstance(content, str) and name == "uri":
        return content.replace(BASE_PATH, OLDER_PATH, 1)
    return content
