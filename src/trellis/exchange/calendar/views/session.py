"""One session as a file, to be opened with a calendar program."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from trellis.core.viewer import viewer_of
from trellis.exchange.calendar.entries import session_entry
from trellis.exchange.calendar.writer import MIME, calendar_bytes
from trellis.learning.access import visible_sessions
from trellis.learning.models import SignUpStatus
from trellis.learning.queries import sign_up_of
from trellis.people.models import Person


@login_required
@require_safe
def session_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a session as an .ics file."""
    viewer = viewer_of(request, Person)
    session = get_object_or_404(visible_sessions(viewer).select_related("offering"), uid=uid)
    own = sign_up_of(viewer, session)
    waits = own is not None and own.status == SignUpStatus.WAITING
    content = calendar_bytes(session.offering.title, [session_entry(session, waits=waits)])
    return HttpResponse(
        content, content_type=MIME, headers={"Content-Disposition": 'attachment; filename="session.ics"'}
    )
