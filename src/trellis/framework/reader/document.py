"""What a framework document says, once it has been read."""

from dataclasses import dataclass
from typing import Any

from trellis.framework.reader.shapes import Shape


@dataclass(frozen=True, slots=True)
class Level:
    """One cell of a theme: what a leader does at this level, and what to consider when learning it."""

    level: int
    name: str
    behaviour: str
    considerations: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One competency theme, with the line of the document it starts on."""

    name: str
    line: int
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of themes and its purpose."""

    name: str
    purpose: str
    line: int
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that the document's footnotes explain."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of an attribute list."""

    name: str
    line: int
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """Something a person should look at in the document."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document: domains for a framework, groups for an attribute list."""

    shape: Shape
    domains: tuple[Domain, ...] = ()
    definitions: tuple[Definition, ...] = ()
    groups: tuple[Group, ...] = ()
    level_names: tuple[str, ...] = ()
    warnings: tuple[DocumentWarning, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The document as the plain structure that the rest of the program and its tests compare."""
        warnings = [{"line": warning.line, "message": warning.message} for warning in self.warnings]
        if self.shape is Shape.ATTRIBUTES:
            groups = [{"name": group.name, "attributes": list(group.attributes)} for group in self.groups]
            return {"kind": "attributes", "groups": groups, "warnings": warnings}
        return {
            "kind": "framework",
            "domains": [_domain_json(domain) for domain in self.domains],
            "definitions": [{"term": item.term, "text": item.text} for item in self.definitions],
            "warnings": warnings,
        }


def _domain_json(domain: Domain) -> dict[str, Any]:
    return {
        "name": domain.name,
        "purpose": domain.purpose,
        "themes": [{"name": theme.name, "levels": [_level_json(x) for x in theme.levels]} for theme in domain.themes],
    }


def _level_json(level: Level) -> dict[str, Any]:
    return {"level": level.level, "behaviour": level.behaviour, "considerations": level.considerations}
