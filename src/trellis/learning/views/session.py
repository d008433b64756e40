"""One session: when and where, whether there is a seat, and signing up and leaving."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.core.viewer import viewer_of
from trellis.learning.access import own_sign_ups, visible_sessions
from trellis.learning.models import SignUpStatus
from trellis.learning.queries import place_in_line, session_for, sign_up_of
from trellis.learning.sign_up_actions import leave, sign_up
from trellis.people.models import Person


@login_required
@require_safe
def session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a session and the viewer's own place in it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(session_for(viewer, uid))
    own = sign_up_of(viewer, found)
    context = {"nav": "learn", "session": found, "own": own, "place": place_in_line(own) if own else 0}
    return render(request, "learning/session.html", context)


@login_required
@require_POST
def session_sign_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a seat, or a place on the waiting list."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(visible_sessions(viewer), uid=uid)
    try:
        made = sign_up(found, person=viewer, by=viewer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        seat = made.status == SignUpStatus.SEAT
        messages.success(request, _("You have a seat.") if seat else _("You are on the waiting list."))
    return redirect("learning:session", uid=uid)


@login_required
@require_POST
def session_leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the seat or the waiting place back."""
    viewer = viewer_of(request, Person)
    own = get_object_or_404(own_sign_ups(viewer), session__uid=uid)
    try:
        leave(own, by=viewer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("You gave it back. Thank you for saying so."))
    return redirect("learning:session", uid=uid)
