"""Endorsing: members of my local or state who apply for a program, what they wrote, and my word on it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trellis.core.viewer import viewer_of
from trellis.learning.blind import answered
from trellis.learning.endorsing import affiliate_for, endorse
from trellis.learning.programme_access import ENDORSES, applications_to_endorse
from trellis.learning.programme_forms import EndorsementForm
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person
from trellis.people.queries import place_of


@login_required
@require_GET
@second_factor_required
def endorsements(request: HttpRequest) -> HttpResponse:
    """List who applies, those who wait for a word first; 404 for who endorses nobody."""
    viewer = viewer_of(request, Person)
    if ENDORSES not in viewer.grants:
        raise Http404
    found = list(
        applications_to_endorse(viewer).prefetch_related("endorsements__unit").order_by("call__closes_on", "pk")
    )
    context = {
        "nav": "endorsements",
        "waiting": [one for one in found if not one.endorsements.all()],
        "said": [one for one in found if one.endorsements.all()],
    }
    return render(request, "learning/programmes/endorsements.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def endorsement(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a member of the viewer's local or state sent in, and take the viewer's word on it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(applications_to_endorse(viewer), uid=uid)
    unit = affiliate_for(found, by=viewer)
    own = found.endorsements.filter(unit=unit).first()
    form = EndorsementForm(posted(request), initial={"words": own.words if own else ""})
    if request.method == "POST" and form.is_valid():
        endorses = form.cleaned_data["endorses"] == "1"
        words = form.cleaned_data["words"]
        done = _("Stored. They get a mail that you have answered.")
        if attempt(request, lambda: endorse(found, endorses=endorses, words=words, by=viewer), done=done):
            return redirect("programmes:endorsements")
    if request.method == "GET":
        note_look(found.person, by=viewer, what=Looked.APPLICATION)
    context = {
        "nav": "endorsements",
        "application": found,
        "programme": found.call.programme,
        "place": place_of(found.person),
        "answers": answered(found),
        "unit": unit,
        "own": own,
        "changed_since": own is not None and found.changed_at > own.at,
        "form": form,
    }
    return render(request, "learning/programmes/endorsement.html", context, status=422 if form.errors else 200)
