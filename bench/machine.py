"""Where and with what a run was made: figures mean nothing without it."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from trellis import __version__
from trellis.core import clock


def lines(workers: int) -> list[str]:
    """Return machine, versions, date and load in a few lines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        sqlite = cursor.fetchone()[0]
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "granian", "django-allauth", "whitenoise"))
    return [
        f"Trellis {__version__}, {clock.now():%Y-%m-%d %H:%M} UTC",
        f"{_processor()}, {os.cpu_count()} cores, {_memory()} GiB; {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, {packages}, SQLite {sqlite}; {workers} server processes",
        f"load of the machine at the start: {' '.join(f'{load:.1f}' for load in os.getloadavg())}",
    ]


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    found = (
        re.search(r"^model name\s*:\s*(.+)$", known.read_text(encoding="utf-8"), re.MULTILINE)
        if known.exists()
        else None
    )
    return found[1] if found else platform.processor() or platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
