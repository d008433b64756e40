"""Where the code in the room leads: one press says "I am here", and it can be taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.learning.access import session_in_the_room
from trellis.learning.attendance_actions import check_in, undo_check_in
from trellis.learning.models import Session
from trellis.learning.queries import sign_up_of
from trellis.people.models import Person


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, key: str) -> HttpResponse:
    """Show which session this is; POST marks the viewer as present, or with `undo` takes that back."""
    viewer = viewer_of(request, Person)
    found: Session = get_object_or_404(
        session_in_the_room(viewer, key).select_related("offering", "unit"), attendance_key=key
    )
    if request.method == "POST":
        try:
            if request.POST.get("undo"):
                undo_check_in(found, by=viewer)
            else:
                check_in(found, by=viewer)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("learning:here", key=key)
    own = sign_up_of(viewer, found)
    return render(request, "learning/here.html", {"session": found, "own": own, "key": key})
