"""Keeps an uploaded document between the plan and its confirmation: in a folder of its own, under a random name."""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from trellis.core import clock

_NAME = re.compile(r"[A-Za-z0-9_-]{32,64}")
LONGEST_WAIT = 24 * 60 * 60  # seconds


def keep(upload: "UploadedFile[bytes]") -> str:
    """Store an upload; returns the random name that the person's session remembers."""
    sweep()
    name = secrets.token_urlsafe(32)
    path = _folder() / name
    path.touch(mode=0o600)
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return name


def path_of(name: str) -> Path | None:
    """Return the file of that name; None when it is no name of ours, or the file was used or is too old."""
    if not _NAME.fullmatch(name):
        return None
    path = _folder() / name
    return path if path.is_file() and not _is_old(path) else None


def forget(name: str) -> None:
    """Delete the file of that name, if it is still there."""
    path = path_of(name)
    if path is not None:
        path.unlink(missing_ok=True)


def sweep() -> None:
    """Delete what nobody has confirmed within a day."""
    for path in _folder().iterdir():
        if _is_old(path):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    return clock.now().timestamp() - path.stat().st_mtime > LONGEST_WAIT


def _folder() -> Path:
    folder = Path(settings.TRELLIS_DATA) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
