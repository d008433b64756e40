"""Search over all published editions; the list alone is sent when the field asks for it while someone types."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from trellis.framework.access import visible_editions
from trellis.framework.highlight import marked, words_of
from trellis.framework.models import Edition, EditionStatus
from trellis.framework.pages import same_for_visitors
from trellis.framework.queries import main_tree
from trellis.framework.reading import term_anchor
from trellis.framework.search import Hit, find
from trellis.framework.suggesting import suggestions

LONGEST = 200  # characters of a question that are read
MOST = 60
_KINDS: dict[str, Promise] = {
    "domain": _("Domains"),
    "theme": _("Themes"),
    "cell": _("Steps on the ladder"),
    "attribute": _("Attributes"),
    "definition": _("Definitions"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, ready to show: where it leads, its marked words, and whose words they are."""

    href: str
    code: str
    title: SafeString
    excerpt: SafeString
    level: int
    source: str


@same_for_visitors
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found, group by group; without a question, places to start from."""
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    editions = list(visible_editions(request.user).filter(status=EditionStatus.PUBLISHED))
    words = words_of(question)
    hits = find(question, [edition.pk for edition in editions], limit=MOST) if words else []
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        "nav": "search",
        "question": question,
        "longest": LONGEST,
        "count": len(hits),
        "is_full": len(hits) == MOST,
        "groups": _groups(hits, words, editions),
        "instead": suggestions(words, editions) if words and not hits else [],
        "tree": None if hits else main_tree(),
    }
    response = render(request, "framework/search.html#found" if is_fragment else "framework/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _groups(
    hits: Sequence[Hit], words: Sequence[str], editions: Sequence[Edition]
) -> list[tuple[Promise, list[Found]]]:
    by_id = {edition.pk: edition for edition in editions}
    rivals = Counter(edition.framework_id for edition in editions)
    groups = []
    for kind, label in _KINDS.items():
        items = [_found(hit, by_id[hit.edition_id], words, rivals) for hit in hits if hit.kind == kind]
        if items:
            groups.append((label, items))
    return groups


def _found(hit: Hit, edition: Edition, words: Sequence[str], rivals: Counter[int]) -> Found:
    return Found(
        href=_address(hit, edition),
        code="" if hit.kind == "definition" else hit.code,
        title=marked(hit.title, words),
        excerpt=marked(hit.excerpt, words),
        # The ladder mark beside it shows the level.
        level=int(hit.code.rpartition("L")[2]) if hit.kind == "cell" else 0,
        source=edition.name if rivals[edition.framework_id] > 1 else "",
    )


def _address(hit: Hit, edition: Edition) -> str:
    place = [edition.framework.code, edition.code]
    if hit.kind in ("domain", "theme", "cell"):
        return reverse(f"framework:{hit.kind}", args=[*place, hit.code])
    anchor = term_anchor(hit.code) if hit.kind == "definition" else hit.code
    return f"{reverse('framework:edition', args=place)}#{anchor}"
