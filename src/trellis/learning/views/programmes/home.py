"""Programs: what is open to me, where my applications stand, my cohorts, and what waits for me."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.learning.application_state import state_of
from trellis.learning.cohort_access import mentored_places
from trellis.learning.models import ApplicationStatus, Offer
from trellis.learning.programme_access import open_calls, own_applications
from trellis.learning.programme_queries import cohorts_of
from trellis.learning.programme_tasks import open_offers, waiting_for
from trellis.people.models import Person


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the viewer's programs."""
    viewer = viewer_of(request, Person)
    offers = Prefetch("offers", Offer.objects.order_by("-made_at"))
    applications = list(
        own_applications(viewer)
        .exclude(status=ApplicationStatus.WITHDRAWN)
        .prefetch_related(offers)
        .order_by("-begun_at")
    )
    places = list(cohorts_of(viewer))
    joined = {place.cohort.call_id for place in places}
    begun = {one.call_id for one in applications}
    context = {
        "nav": "programmes",
        "waiting": waiting_for(viewer),
        "offers": open_offers(viewer),
        "calls": [(call, call.pk in begun) for call in open_calls(viewer)],
        "applications": [
            (one, state_of(one, next(iter(one.offers.all()), None)))
            for one in applications
            if one.call_id not in joined
        ],
        "going": [place for place in places if place.completed_on is None],
        "completed": [place for place in places if place.completed_on is not None],
        "mentored": mentored_places(viewer),
        "today": clock.today(),
    }
    return render(request, "learning/programmes/home.html", context)
