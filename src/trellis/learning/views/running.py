"""The door to pages about who comes: for who arranges the session today or leads it; everybody else finds nothing."""

from collections.abc import Callable
from functools import wraps
from typing import TypeAlias
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from trellis.core.viewer import viewer_of
from trellis.learning.access import run_sessions
from trellis.learning.models import Session
from trellis.people.decorators import lacks_second_factor, to_second_factor
from trellis.people.models import Person

View: TypeAlias = Callable[[HttpRequest, Session], HttpResponse]


def of_a_session_i_run(view: View) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """Hand the view a session that its viewer runs, once they have a second factor: a lead may have no role at all."""

    @wraps(view)
    def checked(request: HttpRequest, uid: UUID) -> HttpResponse:
        sessions = run_sessions(viewer_of(request, Person)).with_counts().select_related("offering__unit", "unit")
        found = get_object_or_404(sessions, uid=uid)
        if lacks_second_factor(request):
            return to_second_factor(request)
        return view(request, found)

    return login_required(checked)
