"""One call, for those who run it: how far it has come, what it waits for, who applied; opening and closing it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.learning.call_actions import close_call, move_days, open_call, take_back_call
from trellis.learning.call_counts import counts_of, waits_for
from trellis.learning.models import Call, CallStatus, Cohort
from trellis.learning.programme_access import run_applications, run_calls
from trellis.learning.run_forms import DaysForm
from trellis.learning.selection_queries import judged
from trellis.learning.views.programmes.acting import attempt
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person, UnitKind
from trellis.people.queries import units_of


@login_required
@require_GET
@second_factor_required
def run_call(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a call with its steps and its applicants."""
    viewer = viewer_of(request, Person)
    return _show(request, get_object_or_404(run_calls(viewer), uid=uid))


@login_required
@require_POST
@second_factor_required
def run_call_open(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a draft for applications; as long as nobody has begun, it can be taken back."""
    return _do(request, uid, open_call, _("Open. Until somebody begins to apply, you can take it back."))


@login_required
@require_POST
@second_factor_required
def run_call_take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make an open call a draft again."""
    return _do(request, uid, take_back_call, _("It is a draft again."))


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_call_close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether to close an open call, and do it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer).filter(status=CallStatus.OPEN), uid=uid)
    if request.method == "POST":
        return _do(request, uid, close_call, _("Closed. Now give the applications to readers."))
    context = {
        "nav": "run-programmes",
        "call": found,
        "programme": found.programme,
        "counts": counts_of([found])[found.pk],
    }
    return render(request, "learning/programmes/run_call_close.html", context)


@login_required
@require_POST
@second_factor_required
def run_call_days(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give an open call more time or other places."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer).filter(status=CallStatus.OPEN), uid=uid)
    form = DaysForm(request.POST)
    if form.is_valid() and attempt(
        request, lambda: move_days(found, **form.cleaned_data, by=viewer), done=_("Stored.")
    ):
        return redirect("programmes:run-call", uid=uid)
    return _show(request, found, days=form)


def _do(request: HttpRequest, uid: UUID, act: Callable[..., Call], done: str) -> HttpResponse:
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer), uid=uid)
    attempt(request, lambda: act(found, by=viewer), done=done)
    return redirect("programmes:run-call", uid=uid)


def _show(request: HttpRequest, found: Call, days: DaysForm | None = None) -> HttpResponse:
    viewer = viewer_of(request, Person)
    counts = counts_of([found])[found.pk]
    applications = list(
        run_applications(viewer).filter(call=found).select_related("person").prefetch_related("endorsements")
    )
    applications.sort(key=lambda one: (one.person.family_name, one.person.given_name, one.pk))
    locals_ = units_of([one.person_id for one in applications], UnitKind.LOCAL)
    context = {
        "nav": "run-programmes",
        "call": found,
        "programme": found.programme,
        "counts": counts,
        "waits": waits_for(found, counts),
        "readers": found.readers.filter(left_at=None).count(),
        "missing": max(0, counts.ready * found.readers_each - counts.given),
        "rows": [(row, locals_.get(row.application.person_id)) for row in judged(found, applications)],
        "days": days
        or DaysForm(initial={"closes_on": found.closes_on, "decide_on": found.decide_on, "places": found.places}),
        "cohort": Cohort.objects.filter(call=found).first() if counts.has_cohort else None,
    }
    return render(request, "learning/programmes/run_call.html", context, status=422 if days else 200)
