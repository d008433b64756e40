"""The page for the wall of a session: a code that phones scan, and how many are marked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.core.qr import picture_of
from trellis.core.viewer import viewer_of
from trellis.learning.models import Session
from trellis.learning.session_actions import rotate_attendance_key
from trellis.learning.views.running import of_a_session_i_run
from trellis.people.models import Person


@require_safe
@of_a_session_i_run
def room(request: HttpRequest, session: Session) -> HttpResponse:
    """Show the code, large enough for the last row; the count alone when the page asks for news."""
    is_fragment = request.headers.get("HX-Request") == "true"
    address = request.build_absolute_uri(reverse("learning:here", kwargs={"key": session.attendance_key}))
    context = {
        "session": session,
        "picture": picture_of(address),
        "address": address,
        "here": session.sign_ups.filter(came=True).count(),
    }
    return render(request, f"learning/arrange/room.html{'#live' if is_fragment else ''}", context)


@require_POST
@of_a_session_i_run
def new_code(request: HttpRequest, session: Session) -> HttpResponse:
    """Draw another code for the wall, when a picture of this one went round."""
    rotate_attendance_key(session, by=viewer_of(request, Person))
    messages.success(request, _("There is a new code. The old one leads nowhere now."))
    return redirect("learning:room", uid=session.uid)
