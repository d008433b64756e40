"""An edition as one immutable tree in memory, in one language; a published edition never changes: it is read once."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StatementNode:
    """A rated statement: uid and version together say which wording it is."""

    id: int
    uid: uuid.UUID
    version: int
    text_self: str
    text_other: str


@dataclass(frozen=True, slots=True)
class ActivityNode:
    """A learning activity; minutes are a rough time, `clauses` those of the considerations that it covers, from 1."""

    uid: uuid.UUID
    version: int
    kind: str
    minutes: int
    text: str
    clauses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CellNode:
    """A theme at a level, with its official texts (may be empty) and plain words."""

    id: int
    uid: uuid.UUID
    code: str
    level: int
    level_name: str
    behaviour: str
    considerations: str
    statements: tuple[StatementNode, ...]
    activities: tuple[ActivityNode, ...]


@dataclass(frozen=True, slots=True)
class ThemeNode:
    """A theme with its cells in level order."""

    id: int
    uid: uuid.UUID
    code: str
    order: int
    name: str
    short: str
    domain_code: str
    cells: tuple[CellNode, ...]
    # Which statement versions stand in it: growth may be claimed only between equal wordings. Asked for with every
    # pair of answers, so it is put together once.
    wording: frozenset[tuple[uuid.UUID, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wording = frozenset((statement.uid, statement.version) for cell in self.cells for statement in cell.statements)
        object.__setattr__(self, "wording", wording)

    def cell(self, level: int) -> CellNode:
        """Return the cell at a level (1 upward); raises LookupError when there is none."""
        for cell in self.cells:
            if cell.level == level:
                return cell
        raise LookupError(f"{self.code} has no level {level}")


@dataclass(frozen=True, slots=True)
class DomainNode:
    """A domain with its themes in order."""

    id: int
    uid: uuid.UUID
    code: str
    name: str
    purpose: str
    official_purpose: str
    icon: str
    themes: tuple[ThemeNode, ...]


@dataclass(frozen=True, slots=True)
class LevelNode:
    """A level: number 1 upward, and its name."""

    uid: uuid.UUID
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class DefinitionNode:
    """A term of the grid; `key` is the term as the edition itself has it, the same in every language."""

    uid: uuid.UUID
    key: str
    term: str
    text: str
    official_text: str


@dataclass(frozen=True, slots=True)
class EditionTree:
    """A whole edition, with indexes by code and by key."""

    id: int
    uid: uuid.UUID
    code: str
    name: str
    framework_code: str
    framework_name: str
    owner: str
    status: str
    has_official_texts: bool
    levels: tuple[LevelNode, ...]
    domains: tuple[DomainNode, ...]
    definitions: tuple[DefinitionNode, ...]
    domain_by_code: Mapping[str, DomainNode]
    theme_by_code: Mapping[str, ThemeNode]
    theme_by_id: Mapping[int, ThemeNode]
    cell_by_code: Mapping[str, CellNode]
    framework_purpose: str = ""

    @property
    def themes(self) -> tuple[ThemeNode, ...]:
        """All themes in order."""
        return tuple(theme for domain in self.domains for theme in domain.themes)

    @property
    def top(self) -> int:
        """The number of the highest level."""
        return self.levels[-1].number


@dataclass(frozen=True, slots=True)
class AttributeNode:
    """Something that is in place, or not; `order` is its place in the whole edition, from 1."""

    id: int
    uid: uuid.UUID
    code: str
    order: int
    short: str
    text: str
    first_step: str
    official_text: str
    group_code: str


@dataclass(frozen=True, slots=True)
class AttributeGroupNode:
    """A group of attributes, in order."""

    id: int
    uid: uuid.UUID
    code: str
    name: str
    short: str
    attributes: tuple[AttributeNode, ...]


@dataclass(frozen=True, slots=True)
class AttributeTree:
    """A whole edition of the second shape: groups of attributes, with indexes by code and by key."""

    id: int
    uid: uuid.UUID
    code: str
    name: str
    framework_code: str
    framework_name: str
    owner: str
    status: str
    has_official_texts: bool
    groups: tuple[AttributeGroupNode, ...]
    attribute_by_code: Mapping[str, AttributeNode]
    attribute_by_id: Mapping[int, AttributeNode]
    framework_purpose: str = ""

    @property
    def attributes(self) -> tuple[AttributeNode, ...]:
        """All attributes in order."""
        return tuple(attribute for group in self.groups for attribute in group.attributes)
