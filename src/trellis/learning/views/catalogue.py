"""The catalogue: words and filters, and the offerings that answer them, page by page."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import catalogue_end_panels, catalogue_panels
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.learning.access import listed_offerings
from trellis.learning.catalogue_forms import CatalogueForm
from trellis.learning.catalogue_search import PER_PAGE, search, wanted_from
from trellis.learning.models import Offering, Place, Session
from trellis.learning.queries import cells_of, next_sessions
from trellis.learning.taught import Step, steps
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Card:
    """One offering as the list shows it, with what it teaches and its next session."""

    offering: Offering
    teaches: tuple[Step, ...]
    next: Session | None


@login_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show what one can learn from; the list alone when the form asks for it while somebody types."""
    viewer, tree = viewer_of(request, Person), main_tree()
    languages = listed_offerings(viewer).order_by("language").values_list("language", flat=True).distinct()
    form = CatalogueForm(request.GET, tree=tree, languages=list(languages))
    form.is_valid()  # what makes no sense narrows nothing
    wanted = wanted_from(form.cleaned_data)
    found = search(viewer, wanted, tree).select_related("unit")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        "nav": "learn",
        "form": form,
        "wanted": wanted,
        "page": page,
        "cards": cards(page, tree),
        "more": f"{wanted.query()}&" if wanted.is_narrow else "",
        "active": form.active(wanted),
        "panels": () if wanted.is_narrow or is_fragment else panel_blocks(catalogue_panels, request, viewer.uid),
        "end_panels": () if is_fragment else panel_blocks(catalogue_end_panels, request, viewer.uid),
    }
    response = render(request, f"learning/catalogue.html{'#found' if is_fragment else ''}", context)
    if is_fragment:
        # The address that can be passed on, without the fields that say nothing.
        query = wanted.query()
        response["HX-Replace-Url"] = f"{request.path}?{query}" if query else request.path
    patch_vary_headers(response, ["HX-Request"])
    return response


def cards(offerings: "Page[Offering] | list[Offering]", tree: EditionTree | None) -> list[Card]:
    """Return the offerings as cards; three queries at most, however many they are."""
    shown = list(offerings)
    cells, coming = cells_of(shown), next_sessions(shown, most=1)
    return [
        Card(
            offering,
            steps(tree, cells.get(offering.pk, ()), Place.TEACHES),
            next(iter(coming.get(offering.pk, ())), None),
        )
        for offering in shown
    ]
