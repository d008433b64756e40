"""The grid of a domain: its themes, and what each level looks like."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from trellis.framework.access import visible_edition
from trellis.framework.pages import edition_page, same_for_visitors
from trellis.framework.queries import edition_tree
from trellis.framework.reading import beside, grid_rows


@same_for_visitors
def domain(request: HttpRequest, framework: str, edition: str, code: str) -> HttpResponse:
    """Show a domain; 404 when the edition has none of that code."""
    shown = visible_edition(request.user, framework, edition)
    tree = edition_tree(shown)
    node = tree.domain_by_code.get(code)
    if node is None:
        raise Http404

    def build() -> Mapping[str, Any]:
        before, after = beside(tree.domains, node)
        return {"tree": tree, "domain": node, "rows": grid_rows(tree, node), "before": before, "after": after}

    return edition_page(request, "framework/domain.html", shown, build, place=code, title=node.name, names=tree)
