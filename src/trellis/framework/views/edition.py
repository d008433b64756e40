"""A whole edition on one page: its domains with their themes, or its groups of attributes; and its definitions."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import edition_panels
from trellis.framework.access import visible_edition
from trellis.framework.models import FrameworkKind
from trellis.framework.pages import edition_page, same_for_visitors
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.framework.reading import definitions, ladder_steps
from trellis.framework.tree import EditionTree


@same_for_visitors
def edition(request: HttpRequest, framework: str, edition: str) -> HttpResponse:
    """Show an edition."""
    shown = visible_edition(request.user, framework, edition)

    def after() -> list[SafeString]:
        """What others show below; kept with the page, as it is the same for everybody."""
        return panel_blocks(edition_panels, request, shown.uid)

    if shown.framework.kind == FrameworkKind.ATTRIBUTES:
        names = attribute_tree(shown)
        return edition_page(
            request,
            "framework/attributes.html",
            shown,
            lambda: {"groups": names.groups, "definitions": definitions(edition_tree(shown)), "after": after()},
            title=names.framework_name,
            names=names,
        )
    tree = edition_tree(shown)
    return edition_page(
        request,
        "framework/edition.html",
        shown,
        lambda: {**_grid(tree), "after": after()},
        title=tree.framework_name,
        names=tree,
    )


def _grid(tree: EditionTree) -> Mapping[str, Any]:
    return {"tree": tree, "steps": ladder_steps(tree), "definitions": definitions(tree)}
