"""The outline of an edition or a document: one small neutral structure, so that any two of them can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from trellis.framework.naming import title_name
from trellis.framework.reader import Document, Domain, Group, Shape, Theme


class Kind(StrEnum):
    """What an item of an outline is."""

    DOMAIN = "domain"
    THEME = "theme"
    CELL = "cell"
    STATEMENT = "statement"
    ACTIVITY = "activity"
    LEVEL = "level"
    DEFINITION = "definition"
    GROUP = "group"
    ATTRIBUTE = "attribute"


# Items are compared by identity: two themes with the same words are still two themes.
@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item with its texts by field; `uid` and `code` are empty in a document, `line` is 0 in an edition.

    `place` is the level's number for a level and a cell. `hint` is wording that helps to recognise the item but is
    never compared, such as our plain words for an attribute.
    """

    kind: Kind
    name: str
    texts: tuple[tuple[str, str], ...]
    uid: str = ""
    code: str = ""
    line: int = 0
    place: int = 0
    hint: tuple[str, ...] = ()
    parts: tuple["Item", ...] = ()

    def text(self, field: str) -> str:
        """The words of a field, or nothing."""
        return dict(self.texts).get(field, "")

    def walk(self) -> Iterator["Item"]:
        """This item and everything in it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def of_kind(self, kind: Kind) -> tuple["Item", ...]:
        """Its parts of one kind, in order."""
        return tuple(part for part in self.parts if part.kind is kind)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole edition or document; `tops` are domains, or the groups of an attribute list."""

    title: str
    shape: str
    tops: tuple[Item, ...]
    levels: tuple[Item, ...] = ()
    definitions: tuple[Item, ...] = ()

    @property
    def is_grid(self) -> bool:
        """Whether it has domains and themes, and is no attribute list."""
        return self.shape == GRID

    def walk(self) -> Iterator[Item]:
        """Every item, each before what is in it."""
        for item in (*self.levels, *self.tops, *self.definitions):
            yield from item.walk()


GRID, LIST = "framework", "attributes"
# The field names are also the keys of the comparison's JSON.
NAME, PURPOSE, BEHAVIOUR, CONSIDERATIONS, TEXT = "name", "purpose", "behaviour", "considerations", "text"
# Our plain words, which only an edition has.
PLAIN, FIRST_STEP, SELF, OTHER = "plain words", "first step", "self", "other"


def document_outline(document: Document, title: str) -> Outline:
    """Return the outline of a document that was read."""
    if document.shape is Shape.ATTRIBUTES:
        return Outline(title, LIST, tuple(map(_group, document.groups)))
    return Outline(
        title,
        GRID,
        tuple(map(_domain, document.domains)),
        _levels(document),
        tuple(
            Item(Kind.DEFINITION, item.term, ((NAME, item.term), (TEXT, item.text))) for item in document.definitions
        ),
    )


def _group(group: Group) -> Item:
    attributes = tuple(Item(Kind.ATTRIBUTE, text, ((TEXT, text),), line=group.line) for text in group.attributes)
    return Item(Kind.GROUP, group.name, ((NAME, group.name),), line=group.line, parts=attributes)


def _domain(domain: Domain) -> Item:
    name = title_name(domain.name)
    return Item(
        Kind.DOMAIN,
        name,
        ((NAME, name), (PURPOSE, domain.purpose)),
        line=domain.line,
        parts=tuple(map(_theme, domain.themes)),
    )


def _theme(theme: Theme) -> Item:
    cells = tuple(
        Item(
            Kind.CELL,
            level.name,
            ((BEHAVIOUR, level.behaviour), (CONSIDERATIONS, level.considerations)),
            line=theme.line,
            place=level.level,
        )
        for level in theme.levels
    )
    return Item(Kind.THEME, theme.name, ((NAME, theme.name),), line=theme.line, parts=cells)


def _levels(document: Document) -> tuple[Item, ...]:
    names = {
        level.level: level.name for domain in document.domains for theme in domain.themes for level in theme.levels
    }
    return tuple(Item(Kind.LEVEL, name, ((NAME, name),), place=number) for number, name in sorted(names.items()))
