"""Opens a file that everything was written to, and trusts nothing in it: names, sizes, digests and version."""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from trellis.exchange.whole.manifest import (
    NAME,
    README,
    Manifest,
    ManifestError,
    Part,
    newest_migrations,
    read_manifest,
)
from trellis.exchange.whole.shelves import Shelf, shelves

# Rows of JSON shrink to a tenth or so; a thousandth is what a bomb does. Small parts may do as they like.
_MOST_RATIO, _SMALL = 500, 10 * 1024 * 1024
_MOST_MANIFEST = 512 * 1024 * 1024
MOST_LINE = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_PLAIN_NAME = re.compile(r"(data|files)/[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, EOFError, struct.error, zlib.error)


class WholeError(Exception):
    """A file that cannot be read in; the text names the place in it and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An open file whose list has been held against this Trellis: each shelf with its part."""

    archive: ZipFile
    manifest: Manifest
    shelves: tuple[tuple[Shelf, Part], ...]

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return sum(part.rows for part in self.manifest.data)

    def lines(self, part: Part) -> Iterator[bytes]:
        """Yield the lines of a part; raises WholeError where it is not what the list says, at the latest at its end."""
        digest, size, count = hashlib.sha256(), 0, 0
        with _readable(part.name), self.archive.open(part.name) as file:
            while raw := file.readline(MOST_LINE + 1):
                digest.update(raw)
                size, count = size + len(raw), count + 1
                if len(raw) > MOST_LINE:
                    raise WholeError(f"{part.name}, line {count}: is longer than {MOST_LINE // 1024**2} MB")
                yield raw
        if (size, count, digest.hexdigest()) != (part.bytes, part.rows, part.sha256):
            raise WholeError(f"{part.name}: is not what the list of contents says; it was changed or cut off")

    def chunks(self, part: Part) -> Iterator[bytes]:
        """Yield an uploaded file bit by bit; raises WholeError as `lines` does."""
        digest, size = hashlib.sha256(), 0
        with _readable(part.name), self.archive.open(part.name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
        if (size, digest.hexdigest()) != (part.bytes, part.sha256):
            raise WholeError(f"{part.name}: is not what the list of contents says; it was changed or cut off")


@contextmanager
def open_whole(path: Path) -> Iterator[Whole]:
    """Open a file and hold it against this Trellis; raises WholeError, or OSError when it cannot be read at all."""
    try:
        archive = ZipFile(path)
    except _BROKEN as error:
        raise WholeError("it is no zip file, or it was cut off") from error
    with archive:
        manifest = _manifest(archive)
        _check_version(manifest)
        _check_entries(archive, manifest)
        yield Whole(archive, manifest, _paired(manifest))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise WholeError(f"{name}: cannot be unpacked") from error


def _manifest(archive: ZipFile) -> Manifest:
    try:
        entry = archive.getinfo(NAME)
    except KeyError as error:
        raise WholeError(f"{NAME} is missing: it was not made by `trellis export_all`, or was cut off") from error
    if entry.file_size > _MOST_MANIFEST:
        raise WholeError(f"{NAME}: is too large")
    with _readable(NAME):
        text = archive.read(NAME)
    try:
        return read_manifest(text)
    except ManifestError as error:
        raise WholeError(f"{NAME}: {error}") from error


def _check_version(manifest: Manifest) -> None:
    here = newest_migrations()
    other = sorted(
        app for app in here.keys() | manifest.migrations.keys() if here.get(app) != manifest.migrations.get(app)
    )
    if other:
        raise WholeError(
            f"it was made by Trellis {manifest.trellis}, whose tables are not those of this one ({', '.join(other)}); "
            "read it in with the same version, and bring that one up to date then"
        )


def _check_entries(archive: ZipFile, manifest: Manifest) -> None:
    listed = {part.name: part for part in (*manifest.data, *manifest.files)}
    entries = [entry for entry in archive.infolist() if entry.filename not in (NAME, README)]
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or len(listed) < len(manifest.data) + len(manifest.files):
        raise WholeError("it holds a name twice")
    if strange := sorted(set(names) ^ set(listed)):
        raise WholeError(f"{strange[0]!r}: is {'not in' if strange[0] in names else 'only in'} the list of contents")
    for entry in entries:
        part = listed[entry.filename]
        if not _PLAIN_NAME.fullmatch(entry.filename) or ".." in entry.filename:
            raise WholeError(f"{entry.filename!r}: is no name that Trellis gives")
        if entry.flag_bits & 0x1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise WholeError(f"{entry.filename}: is locked, or packed in a way that Trellis does not use")
        if entry.file_size != part.bytes:
            raise WholeError(f"{entry.filename}: has another size than the list of contents says")
        if entry.file_size > max(_SMALL, _MOST_RATIO * entry.compress_size):
            raise WholeError(f"{entry.filename}: unpacks to far more than its size")


def _paired(manifest: Manifest) -> tuple[tuple[Shelf, Part], ...]:
    found, parts = shelves(), {part.model: part for part in manifest.data}
    here = {shelf.label for shelf in found}
    if strange := sorted(parts.keys() - here):
        raise WholeError(f"{strange[0]}: is not known here")
    if lacking := sorted(here - parts.keys()):
        raise WholeError(f"{lacking[0]}: is missing")
    for shelf in found:
        fields = {one.get("name", "") for one in parts[shelf.label].fields}
        if parts[shelf.label].name != shelf.part or (wrong := sorted(fields ^ set(shelf.names))):
            raise WholeError(
                f"{shelf.label}: the field {wrong[0]!r} is {'missing' if wrong[0] in shelf.names else 'not known here'}"
            )
    return tuple((shelf, parts[shelf.label]) for shelf in found)
