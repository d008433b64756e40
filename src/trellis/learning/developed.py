"""What a programme develops, as people read it: by theme and level of the current edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from trellis.framework.tree import EditionTree
from trellis.learning.models import ProgrammeCell


@dataclass(frozen=True, slots=True)
class Developed:
    """A cell: the theme's name, and the level with its name where the current edition has it."""

    code: str
    theme: str
    level: int
    level_name: str


def developed(tree: EditionTree | None, cells: Iterable[ProgrammeCell]) -> list[Developed]:
    """Return these cells in their order; one that the current edition lost keeps its code."""
    themes = {theme.uid: theme for theme in tree.themes} if tree else {}
    found = []
    for cell in cells:
        theme = themes.get(cell.theme_uid)
        node = next((each for each in theme.cells if each.level == cell.level), None) if theme else None
        found.append(
            Developed(
                node.code if node else cell.cell_code,
                theme.short if theme else cell.theme_code,
                cell.level,
                node.level_name if node else "",
            )
        )
    return found
