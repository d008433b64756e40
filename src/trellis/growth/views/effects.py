"""What sessions changed: the offerings that the viewer arranges, with their effect as far as it is released."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.evaluation_queries import effects_of
from trellis.growth.evaluation_rules import AFTER_DAYS
from trellis.growth.models import SessionEvaluation
from trellis.learning.access import arranged_offerings, arranges
from trellis.measure.disclosure import THRESHOLD
from trellis.measure.gain import COMPARED_FROM
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

_A_PAGE = 20


@login_required
@require_GET
@second_factor_required
def effects(request: HttpRequest) -> HttpResponse:
    """List the offerings of the viewer's units that have asked before and after; 404 for who arranges nothing."""
    viewer, tree = viewer_of(request, Person), main_tree()
    if tree is None or not arranges(viewer):
        raise Http404
    asked = SessionEvaluation.objects.filter(session__offering=OuterRef("pk"))
    offerings = arranged_offerings(viewer).filter(Exists(asked)).select_related("unit").order_by("title", "pk")
    page = Paginator(offerings, _A_PAGE).get_page(request.GET.get("page"))
    found = effects_of(page.object_list, tree)
    context = {
        "nav": "learn",
        "pages": page,
        "lines": [(offering, found.get(offering.pk, [])) for offering in page.object_list],
        "threshold": THRESHOLD,
        "compared_from": COMPARED_FROM,
        "days": AFTER_DAYS.days,
    }
    return render(request, "growth/effect/page.html", context)
