"""Who comes to a session, as a file for who arranges or leads it; what somebody needs only when it is asked for."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trellis.core.sheets.sending import ENDINGS, send_table
from trellis.core.viewer import viewer_of
from trellis.exchange.catalogue.export import people_header, people_rows
from trellis.learning.access import run_sessions, visible_sign_ups
from trellis.learning.looking import look_at_needs
from trellis.learning.queries import people_of_session
from trellis.people.decorators import lacks_second_factor, to_second_factor
from trellis.people.models import Person


@login_required
@require_safe
def people(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """Send the list; with `?needs=1` what each asks for too, and each of those persons sees that it was looked at."""
    viewer = viewer_of(request, Person)
    session = get_object_or_404(run_sessions(viewer), uid=uid)
    if ending not in ENDINGS:
        raise Http404
    if lacks_second_factor(request):  # who leads a session may have no role at all
        return to_second_factor(request)
    sign_ups, needs = list(people_of_session(visible_sign_ups(viewer), session)), request.GET.get("needs") == "1"
    if needs:
        look_at_needs([one.person for one in sign_ups if one.needs or one.children], by=viewer)
    answer = send_table(_("people"), ending, people_header(needs=needs), people_rows(sign_ups, needs=needs))
    return cast(HttpResponse, answer)  # decorators know only answers that are whole; this one is sent in pieces
