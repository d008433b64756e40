"""The files of the instruments: those that are shipped are sound, and a wrong one is refused with its place."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from trellis.assessment import instruments
from trellis.assessment.instruments import (
    DEEP_SELF,
    PROGRAM_EVALUATION,
    READINESS,
    SHORT_SELF,
    THREE_SIXTY,
    has_own_door,
    in_language,
    shipped,
)
from trellis.core.checked import DataFileError

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


LADDER = {"kind": "half-steps", "not_yet": "Not yet", "begun": "Partly"}
CHOICES = [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}]


def one(**changes: Any) -> str:
    path = SCHEMA.parent / "instruments" / "short-self.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    return yaml.safe_dump({key: value for key, value in content.items() if value is not ...})


def test_the_short_self_assessment_is_as_it_was_designed() -> None:
    short = shipped()[SHORT_SELF]
    assert (short["relations"], short["scale"]["kind"], short["asks"]) == (["self"], "half-steps", "theme")
    assert short["domains_shuffled"] is True
    assert 9 <= 33 * short["seconds_per_question"] / 60 <= 11, "about 10 minutes, as people are told"


def test_a_file_of_another_instrument_is_found_by_its_code(folder: Path) -> None:
    (folder / "b.yaml").write_text(one(code="deep", name="The deep form", es=...))
    assert shipped()["deep"]["name"] == "The deep form"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (one(version=0), "at version"),
        (one(question=""), "at question"),
        (one(code="Short self"), "at code"),
        (one(relations=["self", "cousin"]), "at relations/1"),
        (one(scale=LADDER | {"kind": "stars"}), "at scale/kind"),
        (one(scale={"kind": "choices"}), "at scale: 'choices' is a required property"),
        (one(scale=LADDER | {"choices": CHOICES}), "at scale: False schema"),
        (one(layout="pages", scale={"kind": "choices", "choices": CHOICES[:1]}), "at scale/choices"),
        (
            one(layout="pages", scale={"kind": "choices", "choices": [{"value": 21, "label": "A"}] * 2}),
            "choices/0/value",
        ),
        (one(asks="statement"), "at asks"),
        (one(layout="pages", asks="item"), "'sections' is a required property"),
        (one(aspects=[]), "at aspects"),
        (one(aspects=[{"code": "then", "question": "When?", "moment": "later"}]), "at aspects/0/moment"),
        (one(aspects=[{"code": "then", "question": "When?", "only_if": []}]), "at aspects/0/only_if"),
        (one(sections=[{"code": "a", "name": "A", "questions": []}]), "at sections/0/questions"),
        (one(es={"A horoscope": "Un horóscopo"}), "at es: 'A horoscope' is no text of this instrument"),
        (one(seconds_per_question=...), "at the top: 'seconds_per_question' is a required property"),
        (one(colour="blue"), "at the top"),
        ("[]", "at the top"),
        ("", "at the top"),
        ("code: [short", "line 1"),
        ("code: \x00", "characters are not allowed"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(folder: Path, text: str, place: str) -> None:
    (folder / "a.yaml").write_text(text)
    with pytest.raises(DataFileError, match=place) as refusal:
        shipped()
    assert str(refusal.value).startswith(str(folder / "a.yaml"))
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"code: \xff\xfe")
    with pytest.raises(DataFileError, match="utf-8"):
        shipped()


def test_two_files_of_the_same_instrument_are_refused(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(one())
    with pytest.raises(DataFileError, match=r"b\.yaml: the instrument short-self has a file already"):
        shipped()


# languages


def _texts(node: Any) -> set[str]:
    if isinstance(node, dict):
        return set().union(*(_texts(value) for key, value in node.items() if key != "es"), set())
    if isinstance(node, list):
        return set().union(*map(_texts, node), set())
    return {node} if isinstance(node, str) else set()


@pytest.mark.parametrize("code", [SHORT_SELF, DEEP_SELF, THREE_SIXTY, READINESS, PROGRAM_EVALUATION])
def test_every_sentence_is_there_in_spanish(code: str) -> None:
    english, spanish = shipped()[code], in_language(shipped()[code], "es-mx")
    sentences = {text for text in _texts(english) if " " in text}
    assert sentences
    assert not sentences & _texts(spanish)


def test_codes_and_values_are_the_same_in_every_language() -> None:
    english, spanish = shipped()[DEEP_SELF], in_language(shipped()[DEEP_SELF], "es")
    assert spanish["scale"]["choices"][2] == {"value": 2, "label": "Con regularidad"}
    assert [aspect["code"] for aspect in spanish["aspects"]] == [aspect["code"] for aspect in english["aspects"]]
    assert (spanish["asks"], spanish["layout"], spanish["relations"]) == ("statement", "pages", ["self"])


def test_a_language_that_it_does_not_speak_leaves_it_as_it_is() -> None:
    deep = shipped()[DEEP_SELF]
    assert in_language(deep, "fr") == in_language(deep, "en") == deep


def test_only_a_form_about_oneself_on_no_occasion_has_a_door_of_its_own() -> None:
    assert {code for code, one in shipped().items() if has_own_door(one)} == {DEEP_SELF}


def test_the_example_of_the_documents_is_an_instrument(folder: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "instruments.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (folder / "example.yaml").write_text(example)
    ((code, content),) = shipped().items()
    assert code == "after-the-meeting"
    assert has_own_door(content)


def test_the_documents_explain_every_key() -> None:
    text = (Path(__file__).parents[2] / "docs" / "instruments.md").read_text(encoding="utf-8")
    schema = json.loads((Path(instruments.__file__).parent / "data" / "instrument.schema.json").read_text())
    keys = set(schema["properties"]) | {"only_if", "moment", "cannot_say", "not_yet", "begun"}
    assert {key for key in keys if f"`{key}`" not in text} == set()
