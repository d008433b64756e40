"""One offering: what it teaches and needs, what it takes, when it takes place, and its materials."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import offering_panels
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.learning.access import arranged_offerings, arranges, own_sign_ups, visible_materials, visible_offerings
from trellis.learning.models import Place, SignUpStatus
from trellis.learning.taught import steps
from trellis.people.models import Person


@login_required
@require_safe
def offering(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an offering with its next dates, and the viewer's own place in them."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(visible_offerings(viewer).select_related("unit"), uid=uid)
    tree, cells = main_tree(), list(found.cells.all())
    held = (SignUpStatus.SEAT, SignUpStatus.WAITING)
    own = own_sign_ups(viewer).filter(session__offering=found, status__in=held)
    context = {
        "nav": "learn",
        "offering": found,
        "teaches": steps(tree, cells, Place.TEACHES),
        "needs": steps(tree, cells, Place.NEEDS),
        "sessions": found.sessions.upcoming().with_counts().select_related("unit"),
        "own": dict(own.values_list("session_id", "status")),
        "materials": visible_materials(viewer).filter(offering=found),
        "may_change": arranges(viewer) and arranged_offerings(viewer).filter(pk=found.pk).exists(),
        "may_plan": arranges(viewer),
        "panels": panel_blocks(offering_panels, request, found.uid),
    }
    return render(request, "learning/offering.html", context)
