"""Everything out, into an empty Trellis, and out again: the same but for timestamps, and across databases."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.exchange.everything import fill_the_rest
from tests.exchange.whole.site import Site
from tests.growth.evidence_pieces import PDF, send, upload
from trellis.exchange.whole.writer import write_whole
from trellis.framework.models import Edition
from trellis.growth.evidence_actions import Content
from trellis.growth.models import Evidence
from trellis.people.models import Person


def _contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _rows(content: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in content.splitlines()]


@contextmanager
def _databases() -> Iterator[list[str]]:
    """SQLite always; and where the tests run on PostgreSQL, an empty database there."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield [""]
        return
    parts, name = urlsplit(url), f"trellis_whole_{os.getpid()}"
    # The one that is always there: the one in the address need not be.
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield ["", parts._replace(path=f"/{name}").geturl()]
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_everything_comes_back_as_it_was(framework: Edition, tmp_path: Path) -> None:
    call_command("load_demo", verbosity=0, stdout=io.StringIO())
    fill_the_rest(Person.objects.order_by("pk")[0])
    first = tmp_path / "first.zip"
    manifest = write_whole(first)
    before = _contents(first)
    assert [part.model for part in manifest.data if not part.rows] == [], "fill it in tests/exchange/everything.py"
    assert manifest.files
    assert not manifest.missing

    # One whose rows do not hold together: a term of a person who is not there.
    broken = tmp_path / "broken.zip"
    changed = dict(before)
    lost = json.loads(before["data/people.person.jsonl"].splitlines()[-1])["id"]
    _without(changed, "data/people.person.jsonl", lost)
    with zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in changed.items():
            archive.writestr(name, content)

    with _databases() as databases:
        for number, database in enumerate(databases):
            site = Site(tmp_path / f"site{number}", database)
            site.folder.mkdir()
            site.run("migrate", "-v0")
            assert "Checked only: nothing was stored." in site.run("import_all", str(first), "--check")
            assert "rows that others point at are missing" in site.run("import_all", str(broken), status=2)
            assert "rows and" in site.run("import_all", str(first))
            site.run("verify")
            again = tmp_path / f"again{number}.zip"
            site.run("export_all", str(again))
            _compare(before, _contents(again))
            assert "This Trellis is not empty" in site.run("import_all", str(first), status=2)
            # New rows get numbers behind those that came in, and what is published can be searched.
            site.run("wave", "open", "later", "--name", "Later", "--from", "2131-10-01", "--to", "2131-11-15")


def _without(contents: dict[str, bytes], part: str, lost: object) -> None:
    rows = [line for line in contents[part].splitlines(keepends=True) if json.loads(line)["id"] != lost]
    contents[part] = b"".join(rows)
    manifest = json.loads(contents["manifest.json"])
    for one in manifest["data"]:
        if one["name"] == part:
            one |= {
                "rows": len(rows),
                "bytes": len(contents[part]),
                "sha256": hashlib.sha256(contents[part]).hexdigest(),
            }
    contents["manifest.json"] = json.dumps(manifest).encode()


def _compare(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    assert before.keys() == after.keys()
    trail = "data/core.auditentry.jsonl"
    differing = [name for name in before if before[name] != after[name]]
    assert sorted(differing) == [trail, "manifest.json"]
    added = _rows(after[trail])[len(_rows(before[trail])) :]
    assert after[trail].startswith(before[trail])
    assert [row["action"] for row in added] == ["exchange.import_all"]


def test_a_file_that_is_gone_from_the_disk_is_told_and_stops_nothing(cast: Cast, tmp_path: Path) -> None:
    content = Content(kind="file", part="took part", outcome="It is done.", upload=upload("minutes.pdf", PDF))
    piece = send(cast.own, to=cast.coach, content=content)
    name = Evidence.objects.get(pk=piece.pk).file.name
    assert [part.name for part in write_whole(tmp_path / "with.zip").files] == [f"files/{name}"]
    with default_storage.open(name) as stored:
        kept = stored.read()
    default_storage.delete(name)
    try:
        assert write_whole(tmp_path / "without.zip").missing == (name,)
    finally:
        default_storage.save(name, ContentFile(kept))


@pytest.mark.parametrize("there", [True, False])
def test_a_file_is_written_over_only_when_told_to(framework: Edition, tmp_path: Path, there: bool) -> None:
    path = tmp_path / "whole.zip"
    if there:
        path.write_bytes(b"mine")
        with pytest.raises(CommandError, match="is there already"):
            call_command("export_all", str(path))
        assert path.read_bytes() == b"mine"
    call_command("export_all", str(path), "--replace", verbosity=0, stdout=io.StringIO())
    assert zipfile.is_zipfile(path)
