"""Reads the rows of an edition into a tree, in the active language."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from trellis.framework.models import (
    Activity,
    Attribute,
    AttributeGroup,
    Cell,
    Definition,
    Domain,
    Edition,
    Level,
    Statement,
    Theme,
)
from trellis.framework.tree import (
    ActivityNode,
    AttributeGroupNode,
    AttributeNode,
    AttributeTree,
    CellNode,
    DefinitionNode,
    DomainNode,
    EditionTree,
    LevelNode,
    StatementNode,
    ThemeNode,
)
from trellis.framework.words import Words, words_for

RowT = TypeVar("RowT")


def read_grid(edition: Edition) -> EditionTree:
    """Return the grid of an edition; seven queries, and one more in another language than its own."""
    words = words_for(edition)
    levels = tuple(
        LevelNode(level.uid, level.number, words(level.uid, "name", level.name))
        for level in Level.objects.filter(edition=edition).order_by("number")
    )
    cells = _cells(edition, words)
    themes = _grouped(Theme.objects.filter(edition=edition).order_by("order"), lambda theme: theme.domain_id)
    domains = tuple(
        DomainNode(
            domain.pk,
            domain.uid,
            domain.code,
            words(domain.uid, "name", domain.name),
            words(domain.uid, "purpose", domain.purpose),
            domain.official_purpose,
            domain.icon,
            tuple(_theme(theme, domain.code, cells, words) for theme in themes.get(domain.pk, ())),
        )
        for domain in Domain.objects.filter(edition=edition).order_by("order")
    )
    all_themes = [theme for domain in domains for theme in domain.themes]
    return EditionTree(
        **_about(edition, words),
        levels=levels,
        domains=domains,
        definitions=tuple(
            DefinitionNode(
                item.uid,
                item.term,
                words(item.uid, "term", item.term),
                words(item.uid, "text", item.text),
                item.official_text,
            )
            for item in Definition.objects.filter(edition=edition).order_by("order")
        ),
        domain_by_code={domain.code: domain for domain in domains},
        theme_by_code={theme.code: theme for theme in all_themes},
        theme_by_id={theme.id: theme for theme in all_themes},
        cell_by_code={cell.code: cell for theme in all_themes for cell in theme.cells},
    )


def read_list(edition: Edition) -> AttributeTree:
    """Return the attributes of an edition; two queries, and one more in another language than its own."""
    words = words_for(edition)
    rows = _grouped(Attribute.objects.filter(edition=edition).order_by("order"), lambda row: row.group_id)
    groups = tuple(
        AttributeGroupNode(
            group.pk,
            group.uid,
            group.code,
            words(group.uid, "name", group.name),
            words(group.uid, "short", group.short),
            tuple(_attribute(row, group.code, words) for row in rows.get(group.pk, ())),
        )
        for group in AttributeGroup.objects.filter(edition=edition).order_by("order")
    )
    attributes = [attribute for group in groups for attribute in group.attributes]
    return AttributeTree(
        **_about(edition, words),
        groups=groups,
        attribute_by_code={attribute.code: attribute for attribute in attributes},
        attribute_by_id={attribute.id: attribute for attribute in attributes},
    )


def _about(edition: Edition, words: Words) -> dict[str, Any]:
    framework = edition.framework
    return {
        "id": edition.pk,
        "uid": edition.uid,
        "code": edition.code,
        "name": words(edition.uid, "name", edition.name),
        "framework_code": framework.code,
        "framework_name": words(framework.uid, "name", framework.name),
        "framework_purpose": words(framework.uid, "purpose", framework.purpose),
        "owner": framework.owner,
        "status": edition.status,
        "has_official_texts": edition.has_official_texts,
    }


def _theme(theme: Theme, domain: str, cells: dict[int, list[CellNode]], words: Words) -> ThemeNode:
    return ThemeNode(
        theme.pk,
        theme.uid,
        theme.code,
        theme.order,
        words(theme.uid, "name", theme.name),
        words(theme.uid, "short", theme.short),
        domain,
        tuple(cells.get(theme.pk, ())),
    )


def _cells(edition: Edition, words: Words) -> dict[int, list[CellNode]]:
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
                words(cell.level.uid, "name", cell.level.name),
                cell.behaviour,
                cell.considerations,
                tuple(_statement(row, words) for row in statements.get(cell.pk, ())),
                tuple(_activity(row, words) for row in activities.get(cell.pk, ())),
            )
        )
    return nodes


def _statement(row: Statement, words: Words) -> StatementNode:
    return StatementNode(
        row.pk,
        row.uid,
        row.version,
        words(row.uid, "text_self", row.text_self, row.version),
        words(row.uid, "text_other", row.text_other, row.version),
    )


def _activity(row: Activity, words: Words) -> ActivityNode:
    text = words(row.uid, "text", row.text, row.version)
    return ActivityNode(row.uid, row.version, row.kind, row.minutes, text, tuple(row.clauses))


def _attribute(row: Attribute, group: str, words: Words) -> AttributeNode:
    return AttributeNode(
        row.pk,
        row.uid,
        row.code,
        row.order,
        words(row.uid, "short", row.short),
        words(row.uid, "text", row.text),
        words(row.uid, "first_step", row.first_step),
        row.official_text,
        group,
    )


def _grouped(rows: Iterable[RowT], key: Callable[[RowT], Any]) -> dict[Any, list[RowT]]:
    groups: dict[Any, list[RowT]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
