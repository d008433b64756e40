"""One cohort, for those who run it: where its members stand, its sessions, and beginning it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.learning.attendance_rule import rule_said
from trellis.learning.cohort_access import run_cohorts, run_members
from trellis.learning.cohort_actions import start_cohort
from trellis.learning.cohort_progress import progress_of, rule_of, sessions_of
from trellis.learning.models import CallStatus, Cohort
from trellis.learning.programme_access import run_calls
from trellis.learning.run_forms import CohortForm
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.learning.when import short
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_cohort_start(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the cohort of a decided call (its uid) out of who has accepted."""
    viewer = viewer_of(request, Person)
    call = get_object_or_404(run_calls(viewer).filter(status=CallStatus.DECIDED, cohort=None), uid=uid)
    form = CohortForm(posted(request), initial={"title": call.title})
    if request.method == "POST" and form.is_valid():
        saved: list[Cohort] = []
        done = _("The cohort is there. Now plan its sessions.")
        if attempt(request, lambda: saved.append(start_cohort(call, **form.cleaned_data, by=viewer)), done=done):
            return redirect("programmes:run-cohort", uid=saved[0].uid)
    context = {"nav": "run-programmes", "call": call, "programme": call.programme, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/programmes/run_cohort_start.html", context, status=status)


@login_required
@require_GET
@second_factor_required
def run_cohort(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the members with their attendance and capstones, and the sessions."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_cohorts(viewer), uid=uid)
    members = list(run_members(viewer).filter(cohort=found).select_related("person", "mentor"))
    now, sessions = clock.now(), sessions_of(found)
    there = [member for member in members if member.left_on is None]
    rows = [(one, one.attendance.said(to_self=False)) for one in progress_of(found, there, sessions)]
    context = {
        "nav": "run-programmes",
        "cohort": found,
        "programme": found.programme,
        "rule": rule_said(rule_of(found)),
        "rows": rows,
        "left": [member for member in members if member.left_on is not None],
        "sessions": [(one, short(one.session), one.session.starts_at <= now) for one in sessions],
        "done": sum(one.member.completed_on is not None for one, _said in rows),
        "ready": sum(one.is_enough and one.member.completed_on is None for one, _said in rows),
    }
    return render(request, "learning/programmes/run_cohort.html", context)
