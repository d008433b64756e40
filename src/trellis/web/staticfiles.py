"""Gathers static files once per release, so that a second start is quick."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def gather() -> bool:
    """Collect and compress the static files when any has changed since the last time; returns whether it did."""
    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text(encoding="ascii") == found.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(found.hexdigest(), encoding="ascii")
    return True
