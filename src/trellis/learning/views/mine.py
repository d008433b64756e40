"""My sessions: those that come."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.viewer import viewer_of
from trellis.learning.queries import coming_to
from trellis.people.models import Person


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List where the viewer has a seat or waits for one."""
    coming = coming_to(viewer_of(request, Person))
    return render(request, "learning/mine.html", {"nav": "learn", "coming": coming})
