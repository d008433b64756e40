"""A file that is not what it should be is refused with one line that names the place, and nothing is stored."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from trellis.core.models import AuditEntry
from trellis.exchange.whole.lines import LineError, line, row
from trellis.exchange.whole.opening import WholeError, open_whole
from trellis.exchange.whole.shelves import shelves
from trellis.exchange.whole.storing import in_the_way, store_whole
from trellis.exchange.whole.writer import write_whole
from trellis.people.models import Person

Entries = dict[str, bytes]


@pytest.fixture
def whole(cast: Cast, tmp_path: Path) -> Path:
    """Everything that the small association holds, as a file."""
    path = tmp_path / "whole.zip"
    write_whole(path)
    return path


def _again(path: Path, change: Callable[[Entries], None], packing: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def _manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[Entries], None]:
    def made(entries: Entries) -> None:
        content = json.loads(entries["manifest.json"])
        change(content)
        entries["manifest.json"] = json.dumps(content).encode()

    return made


def _read(path: Path) -> None:
    with open_whole(path) as whole:
        for _shelf, part in whole.shelves:
            for _line in whole.lines(part):
                pass


def _refused(path: Path) -> str:
    with pytest.raises(WholeError) as refused:
        _read(path)
    return str(refused.value)


def _with(name: str, content: bytes) -> Callable[[Entries], None]:
    return lambda entries: entries.update({name: content})


def _edited(entries: Entries) -> None:
    part = "data/people.person.jsonl"
    entries[part] = entries[part].replace(b"Treasurer", b"Presidents"[:9])


def _other_version(content: dict[str, Any]) -> None:
    content["migrations"]["people"] = "0999_from_the_future"


def _bomb(entries: Entries) -> None:
    part, size = "data/people.person.jsonl", 60 * 1024 * 1024
    entries[part] = b"0" * size

    def said(content: dict[str, Any]) -> None:
        for one in content["data"]:
            if one["name"] == part:
                one["bytes"] = size

    _manifest(said)(entries)


def _strange_field(content: dict[str, Any]) -> None:
    content["data"][0]["fields"].append({"name": "shoe_size", "type": "text", "meaning": ""})


def _strange_model(content: dict[str, Any]) -> None:
    content["data"][0]["model"] = "people.Robot"


def _steps_out(entries: Entries) -> None:
    name = "files/../../etc/cron.d/evil"
    entries[name] = b"x"
    _manifest(lambda content: content["files"].append({"name": name, "bytes": 1, "sha256": "0"}))(entries)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(_with("extra.txt", b"hello"), "'extra.txt': is not in the list of contents", id="extra"),
        pytest.param(lambda entries: entries.pop("data/people.unit.jsonl"), "only in the list", id="one less"),
        pytest.param(lambda entries: entries.pop("manifest.json"), "manifest.json is missing", id="no list"),
        pytest.param(_with("manifest.json", b"{"), "manifest.json: it is no JSON", id="broken list"),
        pytest.param(_with("manifest.json", b'{"kind": "x"}'), "manifest.json: it is", id="other list"),
        pytest.param(_edited, "data/people.person.jsonl: is not what the list", id="edited"),
        pytest.param(_manifest(_other_version), "(people)", id="other version"),
        pytest.param(_bomb, "unpacks to far more than its size", id="bomb"),
        pytest.param(_steps_out, "is no name that Trellis gives", id="steps out"),
        pytest.param(_manifest(_strange_field), "'shoe_size' is not known here", id="strange field"),
        pytest.param(_manifest(_strange_model), "people.Robot: is not known here", id="strange model"),
    ],
)
def test_what_was_tampered_with_is_refused(whole: Path, change: Callable[[Entries], None], said: str) -> None:
    _again(whole, change)
    assert said in _refused(whole)


@pytest.mark.parametrize("kept", [0, 3, 1000, -400])
def test_what_was_cut_off_is_refused(whole: Path, kept: int) -> None:
    whole.write_bytes(whole.read_bytes()[:kept])
    assert "it is no zip file, or it was cut off" in _refused(whole)


def test_another_packing_is_refused(whole: Path) -> None:
    _again(whole, lambda entries: None, zipfile.ZIP_LZMA)
    assert "packed in a way that Trellis does not use" in _refused(whole)


def test_a_trellis_that_is_in_use_is_never_written_over(whole: Path) -> None:
    before = list(Person.objects.order_by("pk").values_list("pk", "email"))
    assert dict(in_the_way())["people.Person"] == len(before)
    with open_whole(whole) as opened, pytest.raises(WholeError, match="This Trellis is not empty"):
        store_whole(opened, by=None)
    assert list(Person.objects.order_by("pk").values_list("pk", "email")) == before


def test_a_file_that_cannot_be_finished_leaves_nothing_behind(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("trellis.exchange.whole.writer.line", full)
    rows = AuditEntry.objects.count()
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "whole.zip")
    assert list(tmp_path.iterdir()) == []
    assert AuditEntry.objects.count() == rows


def test_only_its_owner_may_read_the_file_and_the_trail_knows_of_it(whole: Path) -> None:
    assert whole.stat().st_mode & 0o777 == 0o600
    assert AuditEntry.objects.filter(action="exchange.export_all").count() == 1


def test_the_same_rows_make_the_same_file_but_for_the_time(cast: Cast, tmp_path: Path) -> None:
    def parts(name: str) -> Iterator[tuple[str, bytes]]:
        write_whole(tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as archive:
            yield from ((one, archive.read(one)) for one in archive.namelist())

    one, other = dict(parts("one.zip")), dict(parts("other.zip"))
    # Between the two stands the row that says that the first was made.
    differing = {name for name in one if one[name] != other[name]}
    assert differing == {"manifest.json", "data/core.auditentry.jsonl"}


PERSON = next(shelf for shelf in shelves() if shelf.label == "people.Person")


def _person(**changed: Any) -> bytes:
    values: dict[str, Any] = dict.fromkeys(PERSON.names, "x") | {
        "id": 1, "last_login": None, "uid": "8f4a2c66-5a0e-4d0c-9f59-6f3a2f3b5a10", "email": None, "is_active": True,
        "created_at": "2026-01-02T03:04:05+00:00",
    }  # fmt: skip
    values |= changed
    return line(list(values), list(values.values()))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "no line of JSON"),
        (b"[" * 100_000, "no line of JSON"),
        (b'{"id": NaN}', "no line of JSON"),
        (b"[]", "no row"),
        (b"\xff\xfe", "no line of JSON"),
        (b'{"id": 1}', "is missing"),
        (_person(shoes=44), "'shoes' is not known here"),
        (_person(uid="no uuid"), "'uid' cannot hold 'no uuid'"),
        (_person(id="one"), "'id' cannot hold 'one'"),
        (_person(created_at="yesterday"), "'created_at' cannot hold"),
        (_person(given_name=None), "'given_name' is empty"),
        (_person(given_name="a\0b").replace(b"\0", b"\\u0000"), "NUL character"),
        (_person(given_name="a" * 81), "longer than 80 characters"),
        (_person(given_name={"a": 1}), "holds no text"),
    ],
)
def test_a_line_that_is_no_row_is_refused_with_the_field(raw: bytes, said: str) -> None:
    with pytest.raises(LineError, match=said):
        row(PERSON, raw, {})


def test_a_person_comes_back_without_a_password_that_works() -> None:
    found = row(PERSON, _person(), {})
    assert isinstance(found, Person)
    assert found.password == "!"
    assert not found.has_usable_password()
