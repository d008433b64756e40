"""One cell: what it looks like, how to learn it, its official wording, and what other apps know about it."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import cell_panels
from trellis.framework.access import visible_edition
from trellis.framework.pages import edition_page, same_for_visitors
from trellis.framework.queries import edition_tree
from trellis.framework.reading import beside, by_kind
from trellis.framework.tree import CellNode, EditionTree, ThemeNode


@same_for_visitors
def cell(request: HttpRequest, framework: str, edition: str, code: str) -> HttpResponse:
    """Show a cell; 404 when the edition has none of that code."""
    shown = visible_edition(request.user, framework, edition)
    tree = edition_tree(shown)
    node = tree.cell_by_code.get(code)
    if node is None:
        raise Http404
    theme = tree.theme_by_code[code.rpartition(".")[0]]
    return edition_page(
        request,
        "framework/cell.html",
        shown,
        lambda: _surroundings(tree, node),
        place=code,
        title=f"{theme.short}: {node.level_name}",
        names=tree,
        panels=panel_blocks(cell_panels, request, node.uid),
    )


def _surroundings(tree: EditionTree, node: CellNode) -> Mapping[str, Any]:
    theme = tree.theme_by_code[node.code.rpartition(".")[0]]
    before, after = beside(tree.themes, theme)
    return {
        "domain": tree.domain_by_code[theme.domain_code],
        "theme": theme,
        "cell": node,
        "kinds": by_kind(node.activities),
        "before": before and (before, _same_level(before, node)),
        "after": after and (after, _same_level(after, node)),
    }


def _same_level(theme: ThemeNode, node: CellNode) -> CellNode:
    return min(theme.cells, key=lambda cell: abs(cell.level - node.level))
