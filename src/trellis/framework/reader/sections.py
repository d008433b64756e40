"""Divides a framework document at its headings and says what each heading opens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from trellis.framework.reader.blocks import CAPITALS, Block, Heading
from trellis.framework.reader.rows import Table


class Role(Enum):
    """What a heading opens."""

    DOMAIN = auto()
    PART = auto()  # goes on with the domain above it
    TITLE = auto()
    NOTES = auto()


@dataclass(slots=True)
class Section:
    """A heading and everything up to the next one; the heading is None before the first."""

    heading: Heading | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How deep the heading stands."""
        return self.heading.depth if self.heading else CAPITALS

    @property
    def has_table(self) -> bool:
        """Whether themes stand under this very heading."""
        return any(isinstance(block, Table) for block in self.blocks)

    @property
    def opens_with_text(self) -> bool:
        """Whether there is text where a purpose would stand."""
        return bool(self.blocks) and not isinstance(self.blocks[0], Table)


def sections_of(blocks: Iterable[Block]) -> list[Section]:
    """Divide the blocks at their headings."""
    sections = [Section(None)]
    for block in blocks:
        if isinstance(block, Heading):
            sections.append(Section(block))
        else:
            sections[-1].blocks.append(block)
    return sections


def roles(sections: list[Section]) -> list[Role]:
    """What each section is, in the order of the document."""
    domain: Section | None = None
    found = []
    owners = _owners(sections)
    for place, section in enumerate(sections):
        role = _role(section, domain, owns=place in owners, first=place == 1)
        if role is Role.DOMAIN:
            domain = section
        found.append(role)
    return found


def _role(section: Section, domain: Section | None, *, owns: bool, first: bool) -> Role:
    if section.heading is None:
        return Role.TITLE
    below = domain is not None and section.depth > domain.depth > CAPITALS
    if below and domain is not None and (domain.has_table or not section.opens_with_text):
        return Role.PART
    if section.has_table or owns:
        return Role.DOMAIN
    # The first heading without a table is the title of the document; a later one heads notes, or its table is missing.
    return Role.TITLE if first else Role.NOTES


def _owners(sections: list[Section]) -> set[int]:
    """Sections without a table that have a purpose, while the tables stand under headings of their own below."""
    owners: set[int] = set()
    waiting: list[int] = []
    for place, section in enumerate(sections):
        while waiting and sections[waiting[-1]].depth >= section.depth:
            waiting.pop()
        if section.has_table:
            owner = waiting[-1] if waiting else None
            if section.opens_with_text:
                owners.difference_update(waiting)
                waiting.clear()
            elif owner is not None:
                owners.add(owner)
        elif section.depth > CAPITALS and section.opens_with_text:
            waiting.append(place)
    return owners
