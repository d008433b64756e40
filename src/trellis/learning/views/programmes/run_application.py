"""One application with its name, for those who run the call: each look at it is written down."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.learning.blind import answered
from trellis.learning.programme_access import run_applications
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person
from trellis.people.queries import place_of


@login_required
@require_GET
@second_factor_required
def run_application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who applied, what they wrote, and what their local or state says."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_applications(viewer).select_related("person"), uid=uid)
    note_look(found.person, by=viewer, what=Looked.APPLICATION)
    context = {
        "nav": "run-programmes",
        "application": found,
        "call": found.call,
        "programme": found.call.programme,
        "place": place_of(found.person),
        "answers": answered(found),
        "endorsements": found.endorsements.select_related("unit"),
    }
    return render(request, "learning/programmes/run_application.html", context)
