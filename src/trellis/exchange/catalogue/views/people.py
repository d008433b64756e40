"""Who comes to a session, as a file for who arranges or leads it; what somebody needs only when it is asked for."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trellis.core.viewer import viewer_of
from trellis.exchange.catalogue.export import people_header, people_rows
from trellis.exchange.tables.answers import ENDINGS, send_table
from trellis.learning.access import run_sessions, visible_sign_ups
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person


@login_required
@second_factor_required
@require_safe
def people(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """Send the list; with `?needs=1` what each asks for too, and each of those persons sees that it was looked at."""
    viewer = viewer_of(request, Person)
    session = get_object_or_404(run_sessions(viewer), uid=uid)
    if ending not in ENDINGS:
        raise Http404
    needs = request.GET.get("needs") == "1"
    sign_ups = list(
        visible_sign_ups(viewer)
        .filter(session=session)
        .select_related("person")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    if needs:
        for sign_up in sign_ups:
            if (sign_up.needs or sign_up.children) and sign_up.person_id != viewer.pk:
                note_look(sign_up.person, by=viewer, what=Looked.SIGN_UPS)
    # Decorators of views know only answers that are whole; this one is sent in pieces.
    return cast(
        HttpResponse, send_table(_("people"), ending, people_header(needs=needs), people_rows(sign_ups, needs=needs))
    )
