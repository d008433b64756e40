"""Coverage: which cells no offering teaches, and seats ahead against needs, for a unit and the dates ahead."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.coverage_access import coverage_units
from trellis.growth.need_queries import releases_of
from trellis.growth.supply_queries import coverage, supply_of
from trellis.learning.access import arranges
from trellis.measure.disclosure import THRESHOLD
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

# Fixed spans: what one may ask for is decided beforehand.
SPANS = ((90, _("the next 3 months")), (180, _("the next 6 months")), (365, _("the next 12 months")))
_INVEST = 5


@login_required
@require_GET
@second_factor_required
def coverages(request: HttpRequest) -> HttpResponse:
    """Lead to the first unit that the viewer plans learning for; 404 for who plans for none."""
    viewer = viewer_of(request, Person)
    unit = coverage_units(viewer).first()
    if unit is None:
        raise Http404
    return redirect("growth:coverage", uid=unit.uid)


@login_required
@require_GET
@second_factor_required
def coverage_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the grid of one unit, the units directly inside it, and where most people find no seat."""
    viewer = viewer_of(request, Person)
    units = coverage_units(viewer)
    unit = get_object_or_404(units, uid=uid)
    tree = main_tree()
    if tree is None:
        raise Http404
    days = next((span for span, _label in SPANS if request.GET.get("days") == str(span)), SPANS[1][0])
    near = list(units.filter(tree_id=unit.tree_id, lft__gt=unit.lft, rgt__lt=unit.rgt, depth__lte=unit.depth + 1))
    found = releases_of([unit, *near], tree)
    grid = coverage(tree, supply_of(unit, days=days), found.get(unit.pk))
    context = {
        "nav": "coverage",
        "unit": unit,
        "above": list(units.filter(tree_id=unit.tree_id, lft__lt=unit.lft, rgt__gt=unit.rgt)),
        "inside": [(one, found.get(one.pk)) for one in near],
        "tree": tree,
        "grid": grid,
        "release": found.get(unit.pk),
        "days": days,
        "spans": SPANS,
        "invest": grid.most_unmet(_INVEST),
        "threshold": THRESHOLD,
        "may_add": arranges(viewer),
    }
    return render(request, "growth/coverage/page.html", context)
