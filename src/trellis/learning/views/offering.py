"""One offering: what it teaches, and when it takes place."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from trellis.core.viewer import viewer_of
from trellis.learning.access import visible_offerings
from trellis.people.models import Person


@login_required
@require_safe
def offering(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an offering with its next dates."""
    found = get_object_or_404(visible_offerings(viewer_of(request, Person)).select_related("unit"), uid=uid)
    sessions = found.sessions.upcoming().with_counts().select_related("unit")
    return render(request, "learning/offering.html", {"nav": "learn", "offering": found, "sessions": sessions})
