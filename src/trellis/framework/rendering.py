"""Reads an edition's words in other languages from the folders of that name beside it, checked against the edition."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trellis.core.checked import DataFileError
from trellis.framework.plain import PlainEdition, checked_file
from trellis.framework.words import fingerprint


@dataclass(frozen=True, slots=True)
class Rendering:
    """One text of one item in another language; `source` is the fingerprint of the text that it renders."""

    language: str
    uid: uuid.UUID
    version: int
    field: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class _Item:
    """What may be rendered of an item of the edition: its texts by field; the code is for the reader of the file."""

    section: str
    code: str
    version: int
    texts: Mapping[str, str]


def read_renderings(folder: Path, plain: PlainEdition) -> list[Rendering]:
    """Return the renderings of an edition from its `<language>/*.yaml`, none without such a folder.

    Raises DataFileError that names file and place for anything wrong: an item that is not in the edition, a version
    or a text that is not there, a text that is rendered twice.
    """
    items = dict(_items(plain))
    found: dict[tuple[str, uuid.UUID, str], Rendering] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        content = checked_file(path, "wording")
        if content["language"] != path.parent.name:
            raise DataFileError(f"{path}: at language: the folder is named {path.parent.name}")
        for place, rendering in _rendered(path, content, items):
            key = (rendering.language, rendering.uid, rendering.field)
            if key in found:
                raise DataFileError(f"{path}: at {place}: {rendering.field} is rendered twice")
            found[key] = rendering
    return list(found.values())


def _rendered(path: Path, content: dict[str, Any], items: Mapping[str, _Item]) -> Iterator[tuple[str, Rendering]]:
    language = content["language"]
    for section, rows in content.items():
        for number, row in enumerate(rows if section != "language" else ()):
            place = f"{section}/{number} ({row['code']})"
            item = items.get(row["uid"])
            if item is None or item.section != section or item.code != row["code"]:
                raise DataFileError(f"{path}: at {place}: the edition has no such item")
            if row.get("version", 1) != item.version:
                raise DataFileError(f"{path}: at {place}: the edition has version {item.version} of it")
            for field in row.keys() - {"uid", "code", "version"}:
                if not item.texts.get(field):
                    raise DataFileError(f"{path}: at {place}: the edition has no {field} for it")
                source = fingerprint(item.texts[field])
                yield (
                    place,
                    Rendering(language, uuid.UUID(row["uid"]), item.version, field, source, row[field]),
                )


def _items(plain: PlainEdition) -> Iterator[tuple[str, _Item]]:
    about, edition = plain.manifest["framework"], plain.manifest["edition"]
    yield about["uid"], _Item("frameworks", about["code"], 1, about)
    yield edition["uid"], _Item("editions", f"{about['code']}/{edition['code']}", 1, edition)
    for level in plain.manifest.get("levels", ()):
        yield level["uid"], _Item("levels", f"L{level['number']}", 1, level)
    for item in plain.manifest.get("definitions", ()):
        yield item["uid"], _Item("definitions", item["term"], 1, item)
    for part in plain.parts:
        if plain.kind == "attributes":
            yield from _listed(part)
        else:
            yield from _gridded(part)


def _listed(part: dict[str, Any]) -> Iterator[tuple[str, _Item]]:
    for group in part["groups"]:
        yield group["uid"], _Item("groups", group["code"], 1, group)
        for attribute in group["attributes"]:
            yield attribute["uid"], _Item("attributes", attribute["code"], 1, attribute)


def _gridded(domain: dict[str, Any]) -> Iterator[tuple[str, _Item]]:
    yield domain["uid"], _Item("domains", domain["code"], 1, domain)
    for theme in domain["themes"]:
        yield theme["uid"], _Item("themes", theme["code"], 1, theme)
        for cell in theme["cells"]:
            for number, row in enumerate(cell["statements"], 1):
                texts = {"text_self": row["i"], "text_other": row["they"]}
                yield row["uid"], _Item("statements", f"{cell['code']}.{number}", row["version"], texts)
            for number, row in enumerate(cell["activities"], 1):
                yield row["uid"], _Item("activities", f"{cell['code']}.{number}", row["version"], row)
