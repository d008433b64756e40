"""Small editions in memory, of any shape, for pure calculations that need no database."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from trellis.framework.tree import (
    ActivityNode,
    CellNode,
    DomainNode,
    EditionTree,
    LevelNode,
    StatementNode,
    ThemeNode,
)

NAMES = ("Foundational", "Mobilizing", "Driving", "Lasting")


def uid(text: str) -> uuid.UUID:
    """Return the same uid for the same text."""
    return uuid.uuid5(uuid.NAMESPACE_URL, text)


def _cell(code: str, number: int, key: int) -> CellNode:
    name = f"{code}.L{number}"
    statement = StatementNode(key, uid(f"{name} statement"), 1, f"I do {name}.", f"They do {name}.")
    activities = tuple(
        ActivityNode(uid(f"{name} {place}"), 1, "practise", 30, f"Try {name} in way {place}.") for place in range(1, 5)
    )
    return CellNode(key, uid(name), name, number, NAMES[number - 1], "", "", (statement,), activities)


@cache
def _theme(domain: str, place: int, order: int, first_key: int, levels: int) -> ThemeNode:
    code, key = f"{domain}.{place}", first_key + order
    cells = tuple(_cell(code, number, key * 10 + number) for number in range(1, levels + 1))
    return ThemeNode(key, uid(code), code, order, f"The whole name of {code}", f"Theme {code}", domain, cells)


def domain_of(code: str, name: str, themes: Sequence[ThemeNode]) -> DomainNode:
    """Return a domain of these themes."""
    return DomainNode(sum(map(ord, code)), uid(code), code, name, "Why", "", "", tuple(themes))


def edition_of(domains: Sequence[DomainNode], *, key: int = 1, levels: int = 3) -> EditionTree:
    """Return an edition of these domains, with its indexes."""
    themes = [theme for domain in domains for theme in domain.themes]
    return EditionTree(
        id=key,
        uid=uid(f"edition {key}"),
        code=f"e{key}",
        name=f"Edition {key}",
        framework_code="small",
        framework_name="A small framework",
        owner="",
        status="published",
        has_official_texts=False,
        levels=tuple(LevelNode(uid(f"L{n}"), n, NAMES[n - 1]) for n in range(1, levels + 1)),
        domains=tuple(domains),
        definitions=(),
        domain_by_code={domain.code: domain for domain in domains},
        theme_by_code={theme.code: theme for theme in themes},
        theme_by_id={theme.id: theme for theme in themes},
        cell_by_code={cell.code: cell for theme in themes for cell in theme.cells},
    )


def grow(*sizes: int, key: int = 1, levels: int = 3, names: Sequence[str] = ()) -> EditionTree:
    """Return an edition with as many themes in each domain (AA, BB, CC ...) as `sizes` says.

    Editions of different keys hold the same themes by uid, under other keys.
    """
    domains, order = [], 0
    for place, size in enumerate(sizes):
        code = chr(ord("A") + place) * 2
        themes = [_theme(code, number, order + number, key * 1000, levels) for number in range(1, size + 1)]
        order += size
        domains.append(domain_of(code, names[place] if names else f"Domain {code}", themes))
    return edition_of(domains, key=key, levels=levels)


def reworded(tree: EditionTree, code: str) -> EditionTree:
    """Return the edition with every statement of one theme in its next version."""
    domains = [
        replace(domain, themes=tuple(_next_version(theme) if theme.code == code else theme for theme in domain.themes))
        for domain in tree.domains
    ]
    return edition_of(domains, key=tree.id, levels=len(tree.levels))


def _next_version(theme: ThemeNode) -> ThemeNode:
    cells = tuple(
        replace(cell, statements=tuple(replace(statement, version=2) for statement in cell.statements))
        for cell in theme.cells
    )
    return replace(theme, cells=cells)
