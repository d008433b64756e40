"""The offer of a place: take it, or leave it to somebody else."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.learning.models import OfferAnswer
from trellis.learning.offer_actions import answer_offer
from trellis.learning.programme_access import own_offers
from trellis.learning.views.programmes.acting import attempt
from trellis.learning.views.programmes.call import said_rule
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an offer made to the viewer, and take the answer (`answer` = accept or decline)."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_offers(viewer), uid=uid)
    application = found.application
    if found.answer != OfferAnswer.OPEN or found.answer_by < clock.today():
        return redirect("programmes:application", uid=application.uid)
    answer = request.POST.get("answer")
    if request.method == "POST" and answer in ("accept", "decline"):
        accepts = answer == "accept"
        done = _("The place is yours.") if accepts else _("Thank you for saying so. It goes to somebody else.")
        attempt(request, lambda: answer_offer(found, accepts=accepts, by=viewer), done=done)
        return redirect("programmes:application", uid=application.uid)
    programme = application.call.programme
    context = {
        "nav": "programmes",
        "offer": found,
        "programme": programme,
        "call": application.call,
        "rule": said_rule(programme),
        "declining": "decline" in request.GET,
    }
    return render(request, "learning/programmes/offer.html", context, status=422 if request.method == "POST" else 200)
