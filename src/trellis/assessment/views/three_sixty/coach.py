"""The coach's side: lists to look at, and one of them to approve or to give back."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trellis.assessment.access import coached_three_sixties
from trellis.assessment.inviting import open_three_sixty
from trellis.assessment.models import ThreeSixtyState
from trellis.assessment.nominating import return_list
from trellis.assessment.relations import THEIR_GROUPS
from trellis.assessment.three_sixty_forms import ReturnForm
from trellis.assessment.three_sixty_queries import domains_of, kinds_in
from trellis.assessment.views.three_sixty.ticked import ticked
from trellis.core.viewer import viewer_of
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person


@login_required
@require_GET
@second_factor_required
def coach_queue(request: HttpRequest) -> HttpResponse:
    """List what waits for this coach, what runs, and the reports shared with them; 404 for who coaches nobody."""
    viewer = viewer_of(request, Person)
    if "coaches" not in viewer.grants:
        raise Http404
    rows = coached_three_sixties(viewer)
    context = {
        "nav": "coaching",
        "waiting": rows.filter(state=ThreeSixtyState.WITH_COACH),
        "running": rows.filter(state=ThreeSixtyState.OPEN),
        "shared": rows.filter(state=ThreeSixtyState.CLOSED, shared_with_coach=True),
        "report": settings.TRELLIS_THREE_SIXTY_REPORT,
    }
    return render(request, "assessment/three_sixty/coach_queue.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def coach_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a list to its coach; approve it, or give it back with a note."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(coached_three_sixties(viewer).filter(state=ThreeSixtyState.WITH_COACH), uid=uid)
    returning = request.method == "POST" and "return" in request.POST
    form = ReturnForm(request.POST if returning else None)
    if request.method == "POST" and (not returning or form.is_valid()):
        try:
            if returning:
                return_list(found, form.cleaned_data["note"], by=viewer)
            else:
                open_three_sixty(found, confirmed=ticked(request), by=viewer)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("assessment:three-sixty-coach-one", uid=uid)
        messages.success(request, _("Given back with your note.") if returning else _("The links are on their way."))
        return redirect("assessment:three-sixty-coach")
    subject = found.round.subject
    if request.method == "GET" and subject is not None:
        note_look(subject, by=viewer, what=Looked.RATERS, detail={"three_sixty": str(found.uid)})
    raters = list(found.raters.all())
    context = {
        "nav": "coaching",
        "found": found,
        "domains": domains_of(found),
        "kinds": kinds_in(found, raters, THEIR_GROUPS),
        "flagged": any(rater.is_employer_address for rater in raters),
        "form": form,
    }
    return render(request, "assessment/three_sixty/coach_one.html", context, status=422 if form.errors else 200)
