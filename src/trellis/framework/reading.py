"""What the reading pages show beyond the tree itself: neighbours, rows of the grid, activities by kind, attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from trellis.framework import duration
from trellis.framework.models import ActivityKind
from trellis.framework.tree import ActivityNode, CellNode, DefinitionNode, DomainNode, EditionTree, LevelNode, ThemeNode

ItemT = TypeVar("ItemT")

_KIND_ICONS = {
    ActivityKind.READ: "book-open",
    ActivityKind.REFLECT: "lightbulb",
    ActivityKind.PRACTISE: "repeat",
    ActivityKind.TAKE_PART: "hand",
    ActivityKind.TEACH: "presentation",
    ActivityKind.LEAD: "flag",
}
_STEPS: dict[int, Promise] = {
    1: _("You know the basics and do your own part."),
    2: _("You bring others in, and together you build power."),
    3: _("You set the direction, and help others to lead."),
}


@dataclass(frozen=True, slots=True)
class KindOfActivity:
    """The activities of a cell that are done the same way, each with its rough time in words."""

    label: str
    icon: str
    activities: tuple[tuple[ActivityNode, str], ...]


def by_kind(activities: Sequence[ActivityNode]) -> list[KindOfActivity]:
    """Group activities by kind, from reading to leading; the order within a kind stays."""
    return [
        KindOfActivity(
            str(kind.label),
            _KIND_ICONS[kind],
            tuple((item, duration.about(item.minutes)) for item in activities if item.kind == kind),
        )
        for kind in ActivityKind
        if any(item.kind == kind for item in activities)
    ]


def beside(items: Sequence[ItemT], item: ItemT) -> tuple[ItemT | None, ItemT | None]:
    """Return what stands before and after an item of a sequence, None at its ends."""
    place = items.index(item)
    return (items[place - 1] if place else None, items[place + 1] if place + 1 < len(items) else None)


def grid_rows(tree: EditionTree, domain: DomainNode) -> list[tuple[ThemeNode, list[CellNode | None]]]:
    """Return each theme of a domain with one place per level of the edition, so that columns never slip."""
    return [
        (theme, [next((cell for cell in theme.cells if cell.level == level.number), None) for level in tree.levels])
        for theme in domain.themes
    ]


def ladder_steps(tree: EditionTree) -> list[tuple[LevelNode, Promise | str]]:
    """Return the levels from the lowest, each with one line that explains it where the ladder has our three steps."""
    known = [level.number for level in tree.levels] == list(_STEPS)
    return [(level, _STEPS[level.number] if known else "") for level in tree.levels]


def definitions(tree: EditionTree) -> list[tuple[DefinitionNode, str]]:
    """Return the definitions of an edition, each with its place on the page, the same in every language."""
    return [(item, term_anchor(item.key)) for item in tree.definitions]


def term_anchor(term: str) -> str:
    """Return the place of a definition on its edition's page, for the end of an address."""
    return f"term-{slugify(term, allow_unicode=True)}"
