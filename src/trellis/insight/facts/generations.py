"""Generations of facts on disk: one is current, the next is built aside, and a pointer moves from one to the other."""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trellis.insight.facts import manifest
from trellis.insight.facts.layout import everything
from trellis.insight.facts.manifest import Manifest

_POINTER, _LOCK = "current", "refresh.lock"
_GENERATION = re.compile(r"g\d{6,}")


class NoFactsError(LookupError):
    """There is no snapshot yet."""


class RefreshGoingOnError(Exception):
    """Another process is bringing the facts up to date."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A generation as it is read: its folder and what it says of itself."""

    folder: Path
    manifest: Manifest

    def files(self, table: str) -> str:
        """Return the pattern that finds every part of a table."""
        return str(self.folder / everything(table))


class Store:
    """The folder that holds the generations. Killed at any moment, it still points at a whole one."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Snapshot:
        """Return the current generation; raises NoFactsError before the first."""
        try:
            folder = self.root / (self.root / _POINTER).read_text(encoding="ascii").strip()
            return Snapshot(folder, manifest.load(folder))
        except FileNotFoundError as error:
            raise NoFactsError("there are no facts yet: run `trellis refresh_insight` first") from error

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Hold the current generation while it is read: it is not removed before the block ends."""
        while True:
            found = self.current()
            try:
                handle = os.open(found.folder, os.O_RDONLY | os.O_DIRECTORY)
            except FileNotFoundError:
                continue  # swapped between reading the pointer and opening the folder
            try:
                fcntl.flock(handle, fcntl.LOCK_SH)
                if (found.folder / manifest.NAME).exists():
                    yield found
                    return
            finally:
                os.close(handle)

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Hold the right to build; yields the folder of the next generation, with what a killed run left in it.

        Raises RefreshGoingOnError when another process builds.
        """
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            aside = self.root / "next"
            aside.mkdir(exist_ok=True, mode=0o700)
            yield aside
        except BlockingIOError as error:
            raise RefreshGoingOnError("the facts are being brought up to date already") from error
        finally:
            os.close(handle)

    def next_number(self) -> int:
        """Return the number of the next generation."""
        return max((int(folder.name[1:]) for folder in self._generations()), default=0) + 1

    def publish(self, aside: Path, found: Manifest) -> Snapshot:
        """Make what was built the current generation, and remove the earlier ones that nobody is reading."""
        _write_text(aside / manifest.NAME, manifest.dump(found))
        folder = self.root / f"g{found.generation:06}"
        aside.rename(folder)
        _flush_folder(self.root)
        _write_text(self.root / _POINTER, folder.name)
        self.tidy()
        return Snapshot(folder, found)

    def tidy(self) -> None:
        """Remove generations that are not current, unless somebody reads one: then the next time."""
        with contextlib.suppress(NoFactsError):
            kept = self.current().folder.name
            for folder in self._generations():
                if folder.name != kept:
                    _remove_unread(folder)

    def _generations(self) -> list[Path]:
        if not self.root.exists():
            return []
        return [folder for folder in self.root.iterdir() if _GENERATION.fullmatch(folder.name)]


def _remove_unread(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The manifest goes first: who opens the folder now sees that it is no longer one.
        (folder / manifest.NAME).unlink(missing_ok=True)
        shutil.rmtree(folder)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)


def _write_text(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}.aside")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
