"""Reads the groups that people may count themselves in from their file, checked by its JSON Schema."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trellis.core.checked import DataFileError, read_checked
from trellis.people.roles import DATA


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its name by language; English is always there."""

    code: str
    names: dict[str, str]

    def name(self, language: str) -> str:
        """Return the name in a language, or in English."""
        return self.names.get(language.partition("-")[0], self.names["en"])


@dataclass(frozen=True, slots=True)
class OwnAttribute(Named):
    """Something people may say of themselves, and the groups to choose from, in order."""

    groups: tuple[Named, ...]


@cache
def own_attributes(path: Path = DATA / "own_groups.yaml") -> tuple[OwnAttribute, ...]:
    """Return the attributes; raises DataFileError for anything wrong in the file. Read once per process."""
    content = read_checked(path, DATA / "own_groups.schema.json")
    found = tuple(
        OwnAttribute(
            entry["code"], _names(entry), tuple(Named(group["code"], _names(group)) for group in entry["groups"])
        )
        for entry in content
    )
    for codes in ([entry.code for entry in found], *([group.code for group in entry.groups] for entry in found)):
        for code in codes:
            if codes.count(code) > 1:
                raise DataFileError(f"{path}: the code {code} stands twice")
    return found


def _names(entry: dict[str, str]) -> dict[str, str]:
    return {language: entry[key] for language, key in (("en", "name"), ("es", "es")) if key in entry}
