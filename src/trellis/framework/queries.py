"""Reads of the framework for other apps and pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from trellis.framework.models import (
    Activity,
    Cell,
    Definition,
    Domain,
    Edition,
    EditionStatus,
    Level,
    Statement,
    Theme,
)
from trellis.framework.tree import (
    ActivityNode,
    CellNode,
    DefinitionNode,
    DomainNode,
    EditionTree,
    LevelNode,
    StatementNode,
    ThemeNode,
)

RowT = TypeVar("RowT")
_trees: dict[int, EditionTree] = {}


def main_edition() -> Edition | None:
    """Return the newest published edition of the main framework, or None before one is loaded."""
    return (
        Edition.objects.select_related("framework")
        .filter(framework__is_main=True, status=EditionStatus.PUBLISHED)
        .order_by("-published_at", "-pk")
        .first()
    )


def main_tree() -> EditionTree | None:
    """Return the tree of the main framework's current edition, or None before one is loaded."""
    edition = main_edition()
    return edition_tree(edition) if edition else None


def edition_tree(edition: Edition) -> EditionTree:
    """Return an edition as a tree; read once per process unless it is a draft. Seven queries when read."""
    cached = _trees.get(edition.pk)
    if cached is not None and cached.uid == edition.uid and not edition.is_draft:
        return cached
    tree = _read(edition)
    if not edition.is_draft:
        _trees[edition.pk] = tree
    return tree


def _grouped(rows: Iterable[RowT], key: Callable[[RowT], Any]) -> dict[Any, list[RowT]]:
    groups: dict[Any, list[RowT]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _read(edition: Edition) -> EditionTree:
    levels = tuple(
        LevelNode(level.uid, level.number, level.name)
        for level in Level.objects.filter(edition=edition).order_by("number")
    )
    cells = _cells(edition)
    themes = _grouped(Theme.objects.filter(edition=edition).order_by("order"), lambda theme: theme.domain_id)
    domains = tuple(
        DomainNode(
            domain.pk,
            domain.uid,
            domain.code,
            domain.name,
            domain.purpose,
            domain.official_purpose,
            domain.icon,
            tuple(
                ThemeNode(
                    theme.pk,
                    theme.uid,
                    theme.code,
                    theme.order,
                    theme.name,
                    theme.short,
                    domain.code,
                    tuple(cells.get(theme.pk, ())),
                )
                for theme in themes.get(domain.pk, ())
            ),
        )
        for domain in Domain.objects.filter(edition=edition).order_by("order")
    )
    all_themes = [theme for domain in domains for theme in domain.themes]
    return EditionTree(
        id=edition.pk,
        uid=edition.uid,
        code=edition.code,
        name=edition.name,
        framework_code=edition.framework.code,
        framework_name=edition.framework.name,
        owner=edition.framework.owner,
        status=edition.status,
        has_official_texts=edition.has_official_texts,
        levels=levels,
        domains=domains,
        definitions=tuple(
            DefinitionNode(item.uid, item.term, item.text, item.official_text)
            for item in Definition.objects.filter(edition=edition).order_by("order")
        ),
        domain_by_code={domain.code: domain for domain in domains},
        theme_by_code={theme.code: theme for theme in all_themes},
        theme_by_id={theme.id: theme for theme in all_themes},
        cell_by_code={cell.code: cell for theme in all_themes for cell in theme.cells},
    )


def _cells(edition: Edition) -> dict[int, list[CellNode]]:
    statements = _grouped(Statement.objects.filter(edition=edition).order_by("cell", "order"), lambda row: row.cell_id)
    activities = _grouped(Activity.objects.filter(edition=edition).order_by("cell", "order"), lambda row: row.cell_id)
    nodes: dict[int, list[CellNode]] = defaultdict(list)
    for cell in Cell.objects.filter(edition=edition).select_related("level").order_by("level__number"):
        nodes[cell.theme_id].append(
            CellNode(
                cell.pk,
                cell.uid,
                cell.code,
                cell.level.number,
                cell.level.name,
                cell.behaviour,
                cell.considerations,
                tuple(
                    StatementNode(row.uid, row.version, row.text_self, row.text_other)
                    for row in statements.get(cell.pk, ())
                ),
                tuple(
                    ActivityNode(row.uid, row.version, row.kind, row.minutes, row.text)
                    for row in activities.get(cell.pk, ())
                ),
            )
        )
    return nodes
