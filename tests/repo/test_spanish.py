"""The catalogue: complete, without guesses, with the same blanks to fill, and compiled from what stands there."""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
_LINE = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)? ?(".*")$')
_BLANK = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}")


@dataclass(slots=True)
class Entry:
    """An entry of a catalogue: its flags, and its texts by keyword."""

    flags: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def rendered(self) -> list[str]:
        return [text for key, text in self.texts.items() if key.startswith("msgstr")]

    @property
    def key(self) -> str:
        context = self.texts.get("msgctxt")
        return f"{context}\x04{self.texts['msgid']}" if context else self.texts["msgid"]


def _read(path: Path) -> Iterator[Entry]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        entry, last = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.flags += line
            found = _LINE.match(line)
            if found:
                last = found[1] or last
                entry.texts[last] = entry.texts.get(last, "") + ast.literal_eval(found[2])
        yield entry


@cache
def entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a catalogue without its header."""
    return tuple(entry for entry in _read(path) if entry.texts.get("msgid"))


def test_every_other_language_has_a_catalogue() -> None:
    others = sorted(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
    assert [path.parent.parent.name for path in CATALOGUES] == others


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_string_has_its_translation(path: Path) -> None:
    assert len(entries(path)) > 700
    assert [entry.key for entry in entries(path) if not entry.rendered or not all(entry.rendered)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_nothing_is_guessed_or_left_over(path: Path) -> None:
    assert [entry.key for entry in entries(path) if "fuzzy" in entry.flags] == []
    assert "\n#~" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_has_the_blanks_of_its_string(path: Path) -> None:
    for entry in entries(path):
        several = entry.texts.get("msgid_plural", entry.texts["msgid"])
        for text, english in zip(entry.rendered, [entry.texts["msgid"], several, several], strict=False):
            assert set(_BLANK.findall(text)) == set(_BLANK.findall(english)), entry.key


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_begins_and_ends_like_its_string(path: Path) -> None:
    for entry in entries(path):
        for text in entry.rendered:
            assert text[:1].isspace() == entry.texts["msgid"][:1].isspace(), entry.key
            assert text[-1:].isspace() == entry.texts["msgid"][-1:].isspace(), entry.key
            assert text.endswith(".") == entry.texts["msgid"].endswith("."), entry.key


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_what_is_compiled_is_what_stands_there(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    expected: dict[object, str] = {}
    for entry in entries(path):
        if "msgid_plural" in entry.texts:
            expected |= {(entry.key, number): text for number, text in enumerate(entry.rendered)}
        else:
            expected[entry.key] = entry.texts["msgstr"]
    assert {key: text for key, text in catalogue.items() if key} == expected
