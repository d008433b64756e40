"""The catalogue as files: all that the viewer sees of offerings or sessions, and an example to begin from."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trellis.core.sheets.sending import ENDINGS, send_table
from trellis.core.viewer import viewer_of
from trellis.exchange.catalogue.example import example_header, example_rows
from trellis.exchange.catalogue.export import offering_header, offering_rows, session_header, session_rows
from trellis.learning.access import (
    arranged_offerings,
    arranged_sessions,
    arranges,
    own_sign_ups,
    run_sessions,
    visible_offerings,
    visible_sessions,
)
from trellis.learning.models import SignUpStatus
from trellis.people.models import Person

_BATCH = 500


@login_required
@require_safe
def export(request: HttpRequest, what: str, ending: str) -> HttpResponseBase:
    """Send offerings or sessions; with `?mine=1` those that the viewer arranges."""
    viewer = viewer_of(request, Person)
    if ending not in ENDINGS:
        raise Http404
    mine = request.GET.get("mine") == "1"
    if what == "offerings":
        offerings = arranged_offerings(viewer) if mine else visible_offerings(viewer)
        found = offerings.select_related("unit").prefetch_related("cells").order_by("title", "pk")
        return send_table(_("offerings"), ending, offering_header(), offering_rows(found.iterator(_BATCH)))
    if what != "sessions":
        raise Http404
    sessions = (arranged_sessions(viewer) if mine else visible_sessions(viewer)).select_related("offering", "unit")
    return send_table(
        _("sessions"),
        ending,
        session_header(),
        session_rows(sessions.order_by("starts_at", "pk").iterator(_BATCH), with_link=_with_link(viewer)),
    )


@login_required
@require_safe
def example(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Send a file with every column, two offerings and their sessions, to be filled with one's own."""
    if ending not in ENDINGS or not arranges(viewer_of(request, Person)):
        raise Http404
    return send_table(_("example"), ending, example_header(), example_rows())


def _with_link(viewer: Person) -> frozenset[int]:
    seats = own_sign_ups(viewer).filter(status=SignUpStatus.SEAT).values_list("session_id", flat=True)
    return frozenset(run_sessions(viewer).values_list("pk", flat=True)) | frozenset(seats)
