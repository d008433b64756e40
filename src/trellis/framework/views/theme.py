"""One theme: its levels side by side."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from trellis.framework.access import visible_edition
from trellis.framework.pages import edition_page, same_for_visitors
from trellis.framework.queries import edition_tree
from trellis.framework.reading import beside


@same_for_visitors
def theme(request: HttpRequest, framework: str, edition: str, code: str) -> HttpResponse:
    """Show a theme; 404 when the edition has none of that code."""
    shown = visible_edition(request.user, framework, edition)
    tree = edition_tree(shown)
    node = tree.theme_by_code.get(code)
    if node is None:
        raise Http404

    def build() -> Mapping[str, Any]:
        before, after = beside(tree.themes, node)
        return {"domain": tree.domain_by_code[node.domain_code], "theme": node, "before": before, "after": after}

    return edition_page(request, "framework/theme.html", shown, build, place=code, title=node.short, names=tree)
