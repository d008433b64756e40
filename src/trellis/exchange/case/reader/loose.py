"""A package as it was read: only what is needed of it, whatever dialect it came in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

EXTENSION = "trellis"


class CaseReadError(ValueError):
    """A package that cannot be used; the text names the place in it."""


@dataclass(frozen=True, slots=True)
class LooseItem:
    """An item: `plain` is what another Trellis put beside it, `number` its place in a list, 0 for none."""

    identifier: str
    text: str
    label: str
    code: str
    kind: str
    number: int
    notes: str
    plain: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """An end of an association."""

    identifier: str
    title: str
    uri: str


@dataclass(frozen=True, slots=True)
class LooseAssociation:
    """An association as it was read."""

    type: str
    origin: LooseEnd
    destination: LooseEnd
    number: int | None
    notes: str


@dataclass(frozen=True, slots=True)
class LooseConcept:
    """A term with its meaning."""

    identifier: str
    title: str
    text: str
    order: str
    plain: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoosePackage:
    """A package as it was read."""

    identifier: str
    title: str
    creator: str
    version: str
    purpose: str
    plain: dict[str, Any]
    items: dict[str, LooseItem] = field(default_factory=dict)
    associations: tuple[LooseAssociation, ...] = ()
    concepts: tuple[LooseConcept, ...] = ()


def read_package(content: Any) -> LoosePackage:
    """Return what a package says; raises CaseReadError that names the place.

    Taken are versions 1.0 and 1.1, unknown fields, a wrapper named CFPackage, and `sourcedId` for `identifier`.
    """
    if isinstance(content, dict) and "CFPackage" in content:
        content = content["CFPackage"]
    if isinstance(content, list) or (isinstance(content, dict) and "CFDocuments" in content):
        raise CaseReadError("this is a list of frameworks; give the address of one package (CFPackages/...)")
    document = content.get("CFDocument") if isinstance(content, dict) else None
    if not isinstance(document, dict):
        raise CaseReadError("there is no CFDocument, so this is no CASE package")
    definitions = content.get("CFDefinitions") or {}
    items = {}
    for place, raw in enumerate(_list(content, "CFItems")):
        item = _item(raw, f"CFItems[{place}]")
        if item.identifier in items:
            raise CaseReadError(f"CFItems[{place}]: the identifier {item.identifier} stands twice")
        items[item.identifier] = item
    return LoosePackage(
        identifier=_identifier(document, "CFDocument"),
        title=_text(document, "title") or "A framework",
        creator=_text(document, "creator") or _text(document, "publisher"),
        version=_text(document, "version") or "1",
        purpose=_text(document, "description"),
        plain=_plain(document),
        items=items,
        associations=tuple(_associations(content)),
        concepts=tuple(
            LooseConcept(
                _identifier(raw, f"CFConcepts[{place}]"),
                _text(raw, "title"),
                _text(raw, "description"),
                _text(raw, "hierarchyCode"),
                _plain(raw),
            )
            for place, raw in enumerate(_list(definitions, "CFConcepts"))
        ),
    )


def _item(raw: Any, place: str) -> LooseItem:
    text = _text(raw, "fullStatement")
    if not text:
        raise CaseReadError(f"{place}: there is no fullStatement")
    enumeration = _text(raw, "listEnumeration")
    return LooseItem(
        identifier=_identifier(raw, place),
        text=text,
        label=_text(raw, "abbreviatedStatement"),
        code=_text(raw, "humanCodingScheme"),
        kind=_text(raw, "CFItemType"),
        number=int(enumeration) if enumeration.isdecimal() and len(enumeration) < 6 else 0,
        notes=_text(raw, "notes"),
        plain=_plain(raw),
    )


def _associations(content: dict[str, Any]) -> Iterator[LooseAssociation]:
    for place, raw in enumerate(_list(content, "CFAssociations")):
        where = f"CFAssociations[{place}]"
        type_, number = _text(raw, "associationType"), raw.get("sequenceNumber")
        if not type_:
            raise CaseReadError(f"{where}: there is no associationType")
        origin = _end(raw.get("originNodeURI"), f"{where}: originNodeURI")
        destination = _end(raw.get("destinationNodeURI"), f"{where}: destinationNodeURI")
        yield LooseAssociation(
            type_, origin, destination, number if isinstance(number, int) else None, _text(raw, "notes")
        )


def _end(raw: Any, place: str) -> LooseEnd:
    if not isinstance(raw, dict):
        raise CaseReadError(f"{place} is missing")
    return LooseEnd(_identifier(raw, place), _text(raw, "title"), _text(raw, "uri"))


def _list(content: Any, name: str) -> list[Any]:
    found = content.get(name) if isinstance(content, dict) else None
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise CaseReadError(f"{name} is no list of objects")
    return found


def _identifier(raw: dict[str, Any], place: str) -> str:
    found = _text(raw, "identifier") or _text(raw, "sourcedId")
    if not found:
        raise CaseReadError(f"{place}: there is no identifier")
    return found.lower()


def _text(raw: dict[str, Any], name: str) -> str:
    found = raw.get(name)
    return str(found).strip() if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def _plain(raw: dict[str, Any]) -> dict[str, Any]:
    extensions = raw.get("extensions")
    found = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}
