"""The frameworks and their editions, the main one first, and the ladder in three lines."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse

from trellis.framework.access import visible_editions
from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.pages import page, same_for_visitors
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.framework.reading import ladder_steps


@same_for_visitors
def index(request: HttpRequest) -> HttpResponse:
    """Show every framework with the editions that this viewer may read; the newest published one opens."""
    editions = list(
        visible_editions(request.user).order_by("-framework__is_main", "framework__name", "-published_at", "-pk")
    )
    return page(request, "framework/index.html", editions, lambda: {"frameworks": _frameworks(editions)})


def _frameworks(editions: list[Edition]) -> list[dict[str, Any]]:
    shown = []
    for framework, group in groupby(editions, key=lambda edition: edition.framework):
        newest, *others = sorted(group, key=lambda edition: edition.status != "published")
        card: dict[str, Any] = {"framework": framework, "edition": newest, "others": others}
        if framework.kind == FrameworkKind.ATTRIBUTES:
            names = attribute_tree(newest)
            card |= {"names": names, "groups": names.groups, "count": len(names.attributes)}
        else:
            tree = edition_tree(newest)
            card |= {"names": tree, "tree": tree, "steps": ladder_steps(tree)}
        shown.append(card)
    return shown
