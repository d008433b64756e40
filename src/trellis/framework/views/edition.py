"""A whole edition on one page: its domains with their themes, or its groups of attributes; and its definitions."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from trellis.framework.access import visible_edition
from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.pages import edition_page, same_for_visitors
from trellis.framework.queries import edition_tree
from trellis.framework.reading import attribute_groups, definitions, ladder_steps


@same_for_visitors
def edition(request: HttpRequest, framework: str, edition: str) -> HttpResponse:
    """Show an edition."""
    shown = visible_edition(request.user, framework, edition)
    is_list = shown.framework.kind == FrameworkKind.ATTRIBUTES
    template = "framework/attributes.html" if is_list else "framework/edition.html"
    build = _list if is_list else _grid
    return edition_page(request, template, shown, lambda: build(shown), title=shown.framework.name)


def _grid(shown: Edition) -> Mapping[str, Any]:
    tree = edition_tree(shown)
    return {"tree": tree, "steps": ladder_steps(tree), "definitions": definitions(tree)}


def _list(shown: Edition) -> Mapping[str, Any]:
    return {"groups": attribute_groups(shown), "definitions": definitions(edition_tree(shown))}
