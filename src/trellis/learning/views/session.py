"""One session: when and where, whether there is a seat, signing up, saying what one needs, and leaving."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import session_panels
from trellis.core.viewer import viewer_of
from trellis.learning.access import arranged_sessions, own_sign_ups, run_sessions, visible_materials, visible_sessions
from trellis.learning.models import Session, SignUp, SignUpStatus
from trellis.learning.queries import place_in_line, session_for, sign_up_of
from trellis.learning.sign_up_actions import change_needs, leave, sign_up
from trellis.learning.sign_up_forms import NeedsForm
from trellis.people.models import Person

_INSIDE = (SignUpStatus.SEAT, SignUpStatus.WALK_IN)


@login_required
@require_safe
def session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a session and the viewer's own place in it."""
    viewer = viewer_of(request, Person)
    return _page(request, viewer, get_object_or_404(session_for(viewer, uid)))


@login_required
@require_POST
def session_sign_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a seat, or a place on the waiting list."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(session_for(viewer, uid))
    form = NeedsForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, found, form)
    try:
        made = sign_up(found, person=viewer, by=viewer, **form.said())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        seat = made.status == SignUpStatus.SEAT
        messages.success(request, _("You have a seat.") if seat else _("You are on the waiting list."))
    return redirect("learning:session", uid=uid)


@login_required
@require_POST
def session_needs(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what the viewer has said that they need."""
    viewer = viewer_of(request, Person)
    own = get_object_or_404(own_sign_ups(viewer).exclude(status=SignUpStatus.LEFT), session__uid=uid)
    form = NeedsForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, get_object_or_404(session_for(viewer, uid)), form)
    try:
        change_needs(own, by=viewer, **form.said())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved. Who arranges the session sees it."))
    return redirect("learning:session", uid=uid)


@login_required
@require_POST
def session_leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the seat or the waiting place back."""
    viewer = viewer_of(request, Person)
    get_object_or_404(visible_sessions(viewer), uid=uid)
    own = get_object_or_404(own_sign_ups(viewer), session__uid=uid)
    try:
        leave(own, by=viewer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Done. Thank you for saying so: somebody else may be glad of it."))
    return redirect("learning:session", uid=uid)


def _page(request: HttpRequest, viewer: Person, found: Session, form: NeedsForm | None = None) -> HttpResponse:
    own = sign_up_of(viewer, found)
    runs = run_sessions(viewer).filter(pk=found.pk).exists()
    context = {
        "nav": "learn",
        "session": found,
        "own": own,
        "place": place_in_line(own) if own else 0,
        "form": form or NeedsForm(initial=_said_before(own)),
        "runs": runs,
        "may_change": runs and arranged_sessions(viewer).filter(pk=found.pk).exists(),
        "inside": runs or (own is not None and own.status in _INSIDE),
        "leads": [lead.person for lead in found.leads.select_related("person").order_by("pk")],
        "materials": visible_materials(viewer).filter(offering=found.offering_id),
        "panels": panel_blocks(session_panels, request, found.uid),
    }
    return render(request, "learning/session.html", context, status=422 if form else 200)


def _said_before(own: SignUp | None) -> dict[str, object]:
    return {"needs": own.needs, "children": own.children or None} if own else {}
