"""Recognises the header of a table and reads the numbers and names of its levels."""

import re
from dataclasses import dataclass

from trellis.framework.reader.cells import has_marker

# "Level 1: Foundational", "Stage II", "2 - Mobilizing".
LABEL = re.compile(r"(?:[^\W\d_]{1,20} (\d{1,2}|[IVX]{1,4})\b|(\d{1,2}) ?[:.)–—-]) ?[:.)–—-]? ?(.*)")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Label:
    """The number and the name of a level; the name may be empty."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its cells as written, and the levels they name."""

    cells: tuple[str, ...]
    labels: tuple[Label, ...]

    @classmethod
    def of(cls, cells: list[str]) -> "Header":
        """Read the header from the cells of its row."""
        found = [_numbered(cell) for cell in cells[1:]]
        labels = [label for label in found if label is not None]
        if len({label.number for label in labels}) != len(cells) - 1:
            # Names without numbers count from the left; so do numbers that say the same twice.
            labels = [Label(place, cell) for place, cell in enumerate(cells[1:], start=1)]
        return cls(tuple(cells), tuple(labels))

    @property
    def names_are_due(self) -> bool:
        """Whether the header has numbers only, so that the names must stand in the next row."""
        return not any(label.name for label in self.labels)

    def same_as(self, cells: list[str]) -> bool:
        """Whether a row says what this header says."""
        return [cell.casefold() for cell in self.cells] == [cell.casefold() for cell in cells]


def could_be_header(cells: list[str]) -> bool:
    """Whether nothing in the row is too long for a header or belongs to a theme."""
    return not any(len(cell) > LONGEST_NAME or has_marker(cell) for cell in cells[1:])


def is_numbered(cells: list[str]) -> bool:
    """Whether every level cell has the form of a level's label."""
    return all(_numbered(cell) is not None for cell in cells[1:])


def _numbered(cell: str) -> Label | None:
    found = LABEL.fullmatch(cell)
    if found is None:
        return None
    number = found[1] or found[2]
    if number.isdigit():
        return Label(int(number), found[3])
    return Label(ROMAN.index(number) + 1, found[3]) if number in ROMAN else None
