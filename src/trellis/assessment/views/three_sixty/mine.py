"""My 360s: the list, and where one that has been sent stands; while it runs, no page says who has answered."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from trellis.assessment.access import own_three_sixties
from trellis.assessment.models import RaterState, ThreeSixtyState
from trellis.assessment.nominating import may_start_on
from trellis.assessment.three_sixty_queries import (
    INVITE,
    domains_of,
    has_enough,
    is_past,
    kinds_in,
    left_out,
    under_way,
)
from trellis.core.clock import today
from trellis.core.viewer import viewer_of
from trellis.measure.panel import THRESHOLD
from trellis.people.models import Person


@login_required
@require_GET
def three_sixties(request: HttpRequest) -> HttpResponse:
    """List the 360s about the viewer, newest first; before the first one, say what it is."""
    viewer = viewer_of(request, Person)
    again = may_start_on(viewer)
    context = {
        "nav": "three-sixty",
        "again": again if again and again > today() else None,
        "rows": own_three_sixties(viewer),
        "going": under_way(viewer),
        "report": settings.TRELLIS_THREE_SIXTY_REPORT,
        "threshold": THRESHOLD,
        "invite": INVITE,
    }
    return render(request, "assessment/three_sixty/mine.html", context)


@login_required
@require_GET
def three_sixty(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show where one stands, or lead to where it goes on."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_three_sixties(viewer), uid=uid)
    if found.state == ThreeSixtyState.CHOOSING:
        return redirect("assessment:three-sixty-people", uid=uid)
    if found.state == ThreeSixtyState.CLOSED:
        return redirect(settings.TRELLIS_THREE_SIXTY_REPORT, uid=uid)
    if found.state == ThreeSixtyState.CANCELLED:
        return redirect("assessment:three-sixties")
    is_open = found.state == ThreeSixtyState.OPEN
    context = {
        "nav": "three-sixty",
        "found": found,
        "is_open": is_open,
        "domains": domains_of(found),
        "asked": found.raters.exclude(state=RaterState.NOMINATED).count() if is_open else found.raters.count(),
        "kinds": () if is_open else kinds_in(found, found.raters.all()),
        "left_out": left_out(found) if is_open else (),
        "enough": is_open and has_enough(found),
        "threshold": THRESHOLD,
        "past": is_past(found),
    }
    return render(request, "assessment/three_sixty/one.html", context)
