"""People who do not answer about each other: add one by name, take one back. Nobody else ever learns of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.assessment.access import own_exclusions
from trellis.assessment.keeping_apart import keep_apart, take_back
from trellis.core.viewer import viewer_of
from trellis.people.access import known_people
from trellis.people.models import Person
from trellis.people.queries import named_like

_FOUND = 12


@login_required
@require_GET
def apart(request: HttpRequest) -> HttpResponse:
    """Show whom the viewer keeps apart from, and who is found by the name in `q`."""
    viewer = viewer_of(request, Person)
    rows = list(own_exclusions(viewer).order_by("other__family_name", "other__given_name", "pk"))
    words = request.GET.get("q", "").strip()[:80]
    there = [row.other_id for row in rows]
    context = {
        "nav": "apart",
        "rows": rows,
        "words": words,
        "known": named_like(known_people(viewer).exclude(pk__in=there), words, most=_FOUND) if words else [],
    }
    return render(request, "assessment/three_sixty/apart.html", context)


@login_required
@require_POST
def add_apart(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep apart from somebody known."""
    viewer = viewer_of(request, Person)
    keep_apart(get_object_or_404(known_people(viewer), uid=uid), by=viewer)
    messages.success(request, _("Kept. Nobody is told."))
    return redirect("assessment:apart")


@login_required
@require_POST
def drop_apart(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one back."""
    viewer = viewer_of(request, Person)
    take_back(get_object_or_404(own_exclusions(viewer), other__uid=uid), by=viewer)
    messages.success(request, _("Taken back."))
    return redirect("assessment:apart")
