"""Privacy classes and retention, declared on every model and held complete by a test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PrivacyClass(StrEnum):
    """How much harm a leak would do, from none to grave."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105  (a class of data, not a password)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a model declares: its class, how long rows are kept and why, and fields that differ from the class."""

    cls: PrivacyClass
    retention: str
    fields: Mapping[str, PrivacyClass] = field(default_factory=dict)


PUBLIC_RECORD = Privacy(PrivacyClass.PUBLIC, "kept: editions stay readable so that old results do")
