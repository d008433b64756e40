"""The cells of an offering as people read them: by theme and level of the current edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from trellis.framework.tree import EditionTree
from trellis.learning.models import OfferingCell, Place


@dataclass(frozen=True, slots=True)
class Step:
    """A cell of an offering: the theme's name, the level with its name, and the page of the cell where there is one."""

    code: str
    theme: str
    level: int
    level_name: str
    href: str


def steps(tree: EditionTree | None, cells: Iterable[OfferingCell], place: Place) -> tuple[Step, ...]:
    """Return what stands at this place of an offering; a cell that the current edition lost keeps its code."""
    return tuple(_step(tree, cell) for cell in cells if cell.place == place)


def _step(tree: EditionTree | None, cell: OfferingCell) -> Step:
    if tree is not None:
        for theme in tree.themes:
            if theme.uid != cell.theme_uid:
                continue
            node = next((each for each in theme.cells if each.level == cell.level), None)
            if node is None:
                return Step(cell.cell_code, theme.short, cell.level, "", "")
            href = reverse("framework:cell", args=[tree.framework_code, tree.code, node.code])
            return Step(node.code, theme.short, node.level, node.level_name, href)
    return Step(cell.cell_code, cell.theme_code, cell.level, "", "")
