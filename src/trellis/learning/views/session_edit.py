"""Writing a session: plan, change, plan one like it, cancel."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.learning.access import arranged_sessions, arranges, arranging_units, visible_offerings
from trellis.learning.form_errors import show_refusal
from trellis.learning.models import Offering, Session
from trellis.learning.session_actions import cancel_session, change_session, plan_session
from trellis.learning.session_forms import SessionForm, days_to_copy
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

# What a session calls otherwise than its form does.
_FIELDS = {"starts_at": "start", "ends_at": "end", "sign_up_until": "until_day"}


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def session_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Plan a session of an offering for one of the viewer's units; it may be another unit's offering."""
    viewer = viewer_of(request, Person)
    offering = get_object_or_404(visible_offerings(viewer).select_related("unit"), uid=uid)
    if not arranges(viewer):
        raise Http404
    last = arranged_sessions(viewer).filter(offering=offering).order_by("-starts_at").first()
    zone = {"zone": last.zone} if last else {}
    form = SessionForm(request.POST or None, units=arranging_units(viewer), initial=zone | _unit_of(viewer, offering))
    return _answer(
        request,
        form,
        offering,
        lambda: plan_session(
            offering, form.content(), unit=form.unit_chosen(), by=viewer, leads=form.cleaned_data["leads"]
        ),
        what="plan",
    )


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def session_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a session; who has a seat is told of a new time or place."""
    viewer, found = viewer_of(request, Person), _arranged(request, uid)
    form = SessionForm(request.POST or None, units=arranging_units(viewer), filled=found)
    return _answer(
        request,
        form,
        found.offering,
        lambda: change_session(
            found, form.content(), unit=form.unit_chosen(), by=viewer, leads=form.cleaned_data["leads"]
        ),
        what="change",
        session=found,
    )


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def session_copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Plan a session like another, some weeks later."""
    viewer, found = viewer_of(request, Person), _arranged(request, uid)
    form = SessionForm(request.POST or None, units=arranging_units(viewer), filled=found, days=days_to_copy(found))
    return _answer(
        request,
        form,
        found.offering,
        lambda: plan_session(
            found.offering, form.content(), unit=form.unit_chosen(), by=viewer, leads=form.cleaned_data["leads"]
        ),
        what="copy",
        session=found,
    )


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def session_cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether a session is really not to take place, and cancel it."""
    found = _arranged(request, uid)
    if request.method == "POST":
        try:
            cancel_session(found, by=viewer_of(request, Person))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("It is cancelled, and everybody who had a place is told."))
        return redirect("learning:session", uid=uid)
    return render(request, "learning/arrange/cancel.html", {"nav": "arrange", "session": found})


def _arranged(request: HttpRequest, uid: UUID) -> Session:
    sessions = arranged_sessions(viewer_of(request, Person)).with_counts().select_related("offering__unit", "unit")
    found: Session = get_object_or_404(sessions, uid=uid)
    return found


def _unit_of(viewer: Person, offering: Offering) -> dict[str, str]:
    """Begin with the offering's own unit where the viewer arranges for it."""
    own = arranging_units(viewer).filter(pk=offering.unit_id).exists()
    return {"unit": str(offering.unit.uid)} if own else {}


def _answer(
    request: HttpRequest,
    form: SessionForm,
    offering: Offering,
    save: Callable[[], Session],
    *,
    what: str,
    session: Session | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except ValidationError as error:
            show_refusal(form, error, _FIELDS)
        else:
            messages.success(request, _("Saved.") if what == "change" else _("It is planned."))
            return redirect("learning:session", uid=saved.uid)
    context = {"nav": "arrange", "form": form, "offering": offering, "session": session, "what": what}
    return render(request, "learning/arrange/session_form.html", context, status=422 if form.errors else 200)
