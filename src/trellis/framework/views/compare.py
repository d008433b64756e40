"""Two editions side by side: what was reworded word by word, what moved, what is new and what is gone."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.framework.access import visible_editions
from trellis.framework.changes import RESULTS, sections, tallies
from trellis.framework.diff import NotComparableError, Result, compare
from trellis.framework.edition_outline import edition_outline
from trellis.framework.finding import full_code
from trellis.framework.models import Edition
from trellis.framework.pages import content, same_for_visitors

TEMPLATE = "framework/compare.html"


@same_for_visitors
def compare_editions(request: HttpRequest) -> HttpResponse:
    """Show a choice of two editions and, when both are chosen, their comparison; 404 for one that may not be seen."""
    editions = list(visible_editions(request.user).order_by("-framework__is_main", "framework__name", "-created_at"))
    by_code = {full_code(edition): edition for edition in editions}
    before, after = (_chosen(by_code, request.GET.get(side, "")) for side in ("a", "b"))
    everything = request.GET.get("show") == "all"
    block = ""
    if before and after:
        place = f"{full_code(before)} {full_code(after)} {everything}"
        block = content(TEMPLATE, [before, after], place, lambda: _content(before, after, everything=everything))
    context = {
        "nav": "framework",
        "shelves": _shelves(editions),
        "before": before and full_code(before),
        "after": after and full_code(after),
        "everything": everything,
        "content": block,
    }
    return render(request, TEMPLATE, context)


def _chosen(by_code: Mapping[str, Edition], code: str) -> Edition | None:
    if not code:
        return None
    if code not in by_code:
        raise Http404
    return by_code[code]


def _shelves(editions: list[Edition]) -> list[tuple[str, list[tuple[str, Edition]]]]:
    shelves: dict[str, list[tuple[str, Edition]]] = {}
    for edition in editions:
        shelves.setdefault(edition.framework.name, []).append((full_code(edition), edition))
    return list(shelves.items())


def _content(before: Edition, after: Edition, *, everything: bool) -> Mapping[str, Any]:
    shown: dict[str, Any] = {"before": before, "after": after, "everything": everything}
    try:
        comparison = compare(edition_outline(before), edition_outline(after))
    except NotComparableError:
        return {**shown, "is_comparable": False}
    return {
        **shown,
        "is_comparable": True,
        "is_same": not any(change.is_touched for change in comparison.changes),
        "tallies": tallies(comparison.counts(), RESULTS, same=[Result.UNCHANGED]),
        "sections": sections(comparison, everything=everything),
    }
