"""The files of the instruments: those that are shipped are sound, and a wrong one is refused with its place."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from trellis.assessment import instruments
from trellis.assessment.instruments import SHORT_SELF, InstrumentFileError, shipped

SCHEMA = instruments.DATA / "instrument.schema.json"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of instruments in place of ours, with the schema and no instrument."""
    (tmp_path / "instruments").mkdir()
    shutil.copy(SCHEMA, tmp_path)
    monkeypatch.setattr(instruments, "DATA", tmp_path)
    shipped.cache_clear()
    yield tmp_path / "instruments"
    shipped.cache_clear()


def one(**changes: Any) -> str:
    path = SCHEMA.parent / "instruments" / "short-self.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    return yaml.safe_dump({key: value for key, value in content.items() if value is not ...})


def test_the_short_self_assessment_is_as_it_was_designed() -> None:
    short = shipped()[SHORT_SELF]
    assert (short["relations"], short["scale"], short["unit_of_question"]) == (["self"], "half-steps", "theme")
    assert short["domains_shuffled"] is True
    assert 9 <= 33 * short["seconds_per_question"] / 60 <= 11, "about 10 minutes, as people are told"


def test_a_file_of_another_instrument_is_found_by_its_code(folder: Path) -> None:
    (folder / "b.yaml").write_text(one(code="deep", name="The deep form"))
    assert shipped()["deep"]["name"] == "The deep form"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (one(version=0), "at version"),
        (one(question=""), "at question"),
        (one(code="Short self"), "at code"),
        (one(relations=["self", "cousin"]), "at relations/1"),
        (one(scale="stars"), "at scale"),
        (one(seconds_per_question=...), "at the top: 'seconds_per_question' is a required property"),
        (one(colour="blue"), "at the top"),
        ("[]", "at the top"),
        ("", "at the top"),
        ("code: [short", "line 1"),
        ("code: \x00", "special characters are not allowed"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(folder: Path, text: str, place: str) -> None:
    (folder / "a.yaml").write_text(text)
    with pytest.raises(InstrumentFileError, match=place) as refusal:
        shipped()
    assert str(refusal.value).startswith(str(folder / "a.yaml"))
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"code: \xff\xfe")
    with pytest.raises(InstrumentFileError, match="utf-8"):
        shipped()


def test_two_files_of_the_same_instrument_are_refused(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(one())
    with pytest.raises(InstrumentFileError, match=r"b\.yaml: the instrument short-self has a file already"):
        shipped()
