"""What the rated person decides: hand the list over or send the links, close, cancel."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.assessment.access import own_three_sixties
from trellis.assessment.ending import cancel, close_and_tell
from trellis.assessment.inviting import open_three_sixty
from trellis.assessment.models import ThreeSixtyState
from trellis.assessment.nominating import send_to_coach
from trellis.assessment.three_sixty_queries import has_enough, is_past, named_kinds
from trellis.assessment.views.three_sixty.ticked import ticked
from trellis.core.viewer import viewer_of
from trellis.measure.panel import THRESHOLD
from trellis.people.models import Person


@login_required
@require_POST
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand the list to the coach; without a coach, send the links."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_three_sixties(viewer).filter(state=ThreeSixtyState.CHOOSING), uid=uid)
    try:
        if found.coach is not None:
            send_to_coach(found, by=viewer)
        else:
            open_three_sixty(found, confirmed=ticked(request), by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("assessment:three-sixty-people", uid=uid)
    messages.success(request, _("Your coach has the list now.") if found.coach else _("The links are on their way."))
    return redirect("assessment:three-sixty", uid=uid)


@login_required
@require_http_methods(["GET", "POST"])
def close_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what closing now would show, and close."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_three_sixties(viewer).filter(state=ThreeSixtyState.OPEN), uid=uid)
    if request.method == "POST":
        try:
            close_and_tell(found, by=viewer)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("assessment:three-sixty", uid=uid)
    context = {
        "nav": "three-sixty",
        "found": found,
        "enough": has_enough(found),
        "threshold": THRESHOLD,
        "has_named": found.raters.filter(relation__in=named_kinds(found)).exists(),
        "past": is_past(found),
    }
    return render(request, "assessment/three_sixty/close.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def cancel_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether to call it off, and do it."""
    viewer = viewer_of(request, Person)
    over = [ThreeSixtyState.CLOSED, ThreeSixtyState.CANCELLED]
    found = get_object_or_404(own_three_sixties(viewer).exclude(state__in=over), uid=uid)
    if request.method == "POST":
        try:
            cancel(found, by=viewer)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Cancelled. Names, links and answers are deleted."))
        return redirect("assessment:three-sixties")
    return render(request, "assessment/three_sixty/cancel.html", {"nav": "three-sixty", "found": found})
