"""Outlines of stored editions, so that they can be compared with each other and with documents."""

from collections import defaultdict

from trellis.framework.models import Attribute, AttributeGroup, Edition, FrameworkKind
from trellis.framework.outline import (
    BEHAVIOUR,
    CONSIDERATIONS,
    FIRST_STEP,
    GRID,
    LIST,
    NAME,
    OTHER,
    PLAIN,
    PURPOSE,
    SELF,
    TEXT,
    Item,
    Kind,
    Outline,
)
from trellis.framework.queries import edition_tree
from trellis.framework.tree import CellNode, DomainNode, EditionTree, ThemeNode


def edition_outline(edition: Edition) -> Outline:
    """Return the outline of an edition: official texts and plain words; at most seven queries."""
    title = f"{edition.framework.code}/{edition.code}"
    if edition.framework.kind == FrameworkKind.ATTRIBUTES:
        return Outline(title, LIST, _groups(edition))
    return _grid(edition_tree(edition), title)


def _grid(tree: EditionTree, title: str) -> Outline:
    return Outline(
        title,
        GRID,
        tuple(map(_domain, tree.domains)),
        tuple(
            Item(Kind.LEVEL, level.name, ((NAME, level.name),), uid=str(level.uid), place=level.number)
            for level in tree.levels
        ),
        tuple(
            Item(
                Kind.DEFINITION,
                item.term,
                ((NAME, item.term), (TEXT, item.official_text), (PLAIN, item.text)),
                uid=str(item.uid),
            )
            for item in tree.definitions
        ),
    )


def _domain(domain: DomainNode) -> Item:
    return Item(
        Kind.DOMAIN,
        domain.name,
        ((NAME, domain.name), (PURPOSE, domain.official_purpose), (PLAIN, domain.purpose)),
        uid=str(domain.uid),
        code=domain.code,
        parts=tuple(map(_theme, domain.themes)),
    )


def _theme(theme: ThemeNode) -> Item:
    return Item(
        Kind.THEME,
        theme.name,
        ((NAME, theme.name),),
        uid=str(theme.uid),
        code=theme.code,
        parts=tuple(map(_cell, theme.cells)),
    )


def _cell(cell: CellNode) -> Item:
    statements = [
        Item(Kind.STATEMENT, one.text_self, ((SELF, one.text_self), (OTHER, one.text_other)), uid=str(one.uid))
        for one in cell.statements
    ]
    activities = [Item(Kind.ACTIVITY, one.text, ((TEXT, one.text),), uid=str(one.uid)) for one in cell.activities]
    return Item(
        Kind.CELL,
        cell.level_name,
        ((BEHAVIOUR, cell.behaviour), (CONSIDERATIONS, cell.considerations)),
        uid=str(cell.uid),
        code=cell.code,
        place=cell.level,
        parts=(*statements, *activities),
    )


def _groups(edition: Edition) -> tuple[Item, ...]:
    attributes = defaultdict(list)
    for row in Attribute.objects.filter(edition=edition).order_by("order"):
        attributes[row.group_id].append(
            Item(
                Kind.ATTRIBUTE,
                row.official_text or row.short,
                ((TEXT, row.official_text), (PLAIN, row.text), (FIRST_STEP, row.first_step)),
                uid=str(row.uid),
                code=row.code,
                hint=(row.short, row.text, f"{row.short} {row.text}"),
            )
        )
    return tuple(
        Item(
            Kind.GROUP,
            group.name,
            ((NAME, group.name),),
            uid=str(group.uid),
            code=group.code,
            parts=tuple(attributes[group.pk]),
        )
        for group in AttributeGroup.objects.filter(edition=edition).order_by("order")
    )
