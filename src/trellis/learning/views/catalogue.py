"""The catalogue: everything that is listed, the nearest date first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.viewer import viewer_of
from trellis.learning.access import listed_offerings
from trellis.learning.queries import soonest_first
from trellis.people.models import Person


@login_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show what one can learn from."""
    viewer = viewer_of(request, Person)
    found = soonest_first(listed_offerings(viewer)).select_related("unit")
    return render(request, "learning/catalogue.html", {"nav": "learn", "offerings": found[:24]})
