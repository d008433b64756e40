"""Writes everything into one zip: bit by bit, beside its place, and renamed when it is whole."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.db import transaction

from trellis.core import audit, clock
from trellis.core.sqlite.moment import one_moment
from trellis.exchange.whole.lines import line
from trellis.exchange.whole.manifest import NAME, README, Manifest, Part, newest_migrations, version
from trellis.exchange.whole.schema import fields_of, readme
from trellis.exchange.whole.shelves import Shelf, shelves

Said = Callable[[str, int, int], None]
_ROWS, _CHUNK = 2_000, 1024 * 1024
# The same for every entry, so that the same rows make the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass
class _Writing:
    """A zip that is being written, and what is in it so far."""

    archive: ZipFile
    said: Said
    of: int
    done: int = 0
    data: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def rows(self, shelf: Shelf) -> None:
        """Write all rows of a shelf, and then the files that they name."""
        names, uploaded = shelf.names, [shelf.names.index(name) for name in shelf.files]
        digest, size, count, held = hashlib.sha256(), 0, 0, []
        with self.archive.open(_entry(shelf.part, ZIP_DEFLATED), "w", force_zip64=True) as part:
            for values in shelf.rows().values_list(*names).iterator(chunk_size=_ROWS):
                raw = line(names, values)
                part.write(raw)
                digest.update(raw)
                size, count = size + len(raw), count + 1
                held += [str(values[place]) for place in uploaded if values[place]]
                if count % _ROWS == 0:
                    self.said(shelf.label, self.done + count, self.of)
        self.done += count
        self.said(shelf.label, self.done, self.of)
        self.data.append(Part(shelf.part, size, digest.hexdigest(), count, shelf.label, tuple(fields_of(shelf))))
        for name in held:
            self.upload(name)

    def upload(self, name: str) -> None:
        """Write an uploaded file; one that is gone from the disk is only noted."""
        digest, size = hashlib.sha256(), 0
        try:
            stored = default_storage.open(name)
        except FileNotFoundError:
            self.missing.append(name)
            return
        # What people upload is packed already, for the most part.
        with stored, self.archive.open(_entry(f"files/{name}", ZIP_STORED), "w", force_zip64=True) as part:
            for chunk in stored.chunks(_CHUNK):
                part.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.files.append(Part(f"files/{name}", size, digest.hexdigest()))

    def text(self, name: str, content: str) -> None:
        """Write a short text."""
        self.archive.writestr(_entry(name, ZIP_DEFLATED), content.encode())


def write_whole(path: Path, *, said: Said = lambda what, done, of: None) -> Manifest:
    """Write everything to `path`, all of one moment; returns what is in it. Memory does not grow with the rows.

    An audit row says that it was done. Killed, it leaves nothing at `path`. Raises OSError.
    """
    found = shelves()
    with _beside(path) as file, ZipFile(file, "w") as archive:
        with one_moment():
            writing = _Writing(archive, said, of=sum(shelf.rows().count() for shelf in found))
            writing.text(README, readme(found))
            for shelf in found:
                writing.rows(shelf)
        manifest = Manifest(
            made_at=clock.now().isoformat(),
            trellis=version(),
            migrations=newest_migrations(),
            data=tuple(writing.data),
            files=tuple(writing.files),
            missing=tuple(writing.missing),
        )
        writing.text(NAME, manifest.dump())
    with transaction.atomic():
        audit.record(
            by=None,
            action="exchange.export_all",
            target="whole:file",
            detail={"rows": writing.done, "files": len(writing.files)},
        )
    return manifest


def _entry(name: str, packing: int) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type, entry.external_attr = packing, 0o600 << 16
    return entry


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside the path, for its owner alone; it takes the path's place when the block has ended well."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
