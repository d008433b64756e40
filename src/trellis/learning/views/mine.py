"""My sessions: seats and waiting places that come, and where I have been."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.viewer import viewer_of
from trellis.learning.access import led_sessions
from trellis.learning.models import SignUpStatus
from trellis.learning.queries import been_to, coming_to
from trellis.people.models import Person

PER_PAGE = 20


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List where the viewer has a seat, waits for one, leads, and has been."""
    viewer = viewer_of(request, Person)
    coming = list(coming_to(viewer))
    context = {
        "nav": "my-sessions",
        "seats": [one for one in coming if one.status == SignUpStatus.SEAT],
        "waiting": [one for one in coming if one.status == SignUpStatus.WAITING],
        "led": led_sessions(viewer).upcoming().with_counts().select_related("offering"),
        "past": Paginator(been_to(viewer), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "learning/mine.html", context)
