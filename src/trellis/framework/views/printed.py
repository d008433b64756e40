"""A whole edition for paper: contents, every domain with its grid and activities, definitions."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from trellis.framework.access import visible_edition
from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.pages import edition_page, same_for_visitors
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.framework.reading import by_kind, definitions, ladder_steps
from trellis.framework.tree import DomainNode, EditionTree


@same_for_visitors
def printed(request: HttpRequest, framework: str, edition: str) -> HttpResponse:
    """Show an edition as one long page that prints well."""
    shown = visible_edition(request.user, framework, edition)
    tree = edition_tree(shown)
    return edition_page(
        request, "framework/print.html", shown, lambda: _whole(shown, tree), title=tree.framework_name, names=tree
    )


def _whole(shown: Edition, tree: EditionTree) -> Mapping[str, Any]:
    whole: dict[str, Any] = {"tree": tree, "definitions": definitions(tree)}
    if shown.framework.kind == FrameworkKind.ATTRIBUTES:
        return {**whole, "groups": attribute_tree(shown).groups}
    return {**whole, "steps": ladder_steps(tree), "domains": [(domain, _themes(domain)) for domain in tree.domains]}


def _themes(domain: DomainNode) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    return [(theme, [(cell, by_kind(cell.activities)) for cell in theme.cells]) for theme in domain.themes]
