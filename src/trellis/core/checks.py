"""System checks that stop a dangerous start: an old SQLite under several processes, a missing secret."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

# The write-ahead log's reset race is mended in these releases (and in everything later than the last).
SAFE_LIBRARY = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


def is_safe_for_processes(version: tuple[int, int, int]) -> bool:
    """Say whether this SQLite may be written by several processes at once without risk to the file."""
    if version >= SAFE_LIBRARY[-1]:
        return True
    return any(version[:2] == mended[:2] and version >= mended for mended in SAFE_LIBRARY[:-1])


@register(Tags.database)
def sqlite_library(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse more than one server process on a SQLite that can corrupt its log (see docs/decisions/0003)."""
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"] or settings.TRELLIS_WORKERS <= 1:
        return []
    if is_safe_for_processes(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt its file when several server processes write.",
            hint="Install pysqlite3, set TRELLIS_WORKERS=1, or use PostgreSQL.",
            id="trellis.E001",
        )
    ]
