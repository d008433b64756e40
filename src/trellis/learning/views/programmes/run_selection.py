"""Selection: applications by their code, in bands; what readers found; the decision, which a person makes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.learning.blind import blinded
from trellis.learning.call_counts import counts_of
from trellis.learning.composition import composition
from trellis.learning.decision_actions import decide, take_back_decision
from trellis.learning.models import CallCriterion, CallStatus, Outcome
from trellis.learning.programme_access import run_applications, run_calls
from trellis.learning.reader_actions import ask_further
from trellis.learning.run_forms import DecideForm
from trellis.learning.selection import Band
from trellis.learning.selection_queries import Judged, judged
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.measure.disclosure import THRESHOLD
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person


@login_required
@require_GET
@second_factor_required
def run_selection(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the applications of a call in bands, each by its code."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer), uid=uid)
    applications = list(run_applications(viewer).filter(call=found).order_by("code"))
    rows = judged(found, applications)
    criteria = list(found.criteria.all())
    parts = composition(found, applications)
    context = {
        "nav": "run-programmes",
        "call": found,
        "programme": found.programme,
        "counts": counts_of([found])[found.pk],
        "bands": [
            (band, [(row, _by_criterion(row, criteria)) for row in rows if row.found.band == band])
            for band in Band
            if any(row.found.band == band for row in rows)
        ],
        "composition": parts,
        "some_show": any(part.applied is not None for part in parts),
        "threshold": THRESHOLD,
    }
    return render(request, "learning/programmes/run_selection.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_select(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one application by its code with what readers found, and take the decision."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_applications(viewer).select_related("person"), uid=uid)
    form = DecideForm(posted(request), initial={"outcome": found.outcome, "reason": found.reason})
    if request.method == "POST" and form.is_valid():
        outcome, reason = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["reason"]
        done = _("Stored. You can change it until everybody is told.")
        if attempt(request, lambda: decide(found, outcome, reason=reason, by=viewer), done=done):
            return redirect("programmes:run-selection", uid=found.call.uid)
        return redirect("programmes:run-select", uid=uid)
    if request.method == "GET":
        note_look(found.person, by=viewer, what=Looked.APPLICATION)
    [row] = judged(found.call, [found])
    context = {
        "nav": "run-programmes",
        "application": found,
        "call": found.call,
        "programme": found.call.programme,
        "answers": blinded(found),
        "row": row,
        "criteria": _by_criterion(row, list(found.call.criteria.all())),
        "comments": found.readings.filter(sent_at__isnull=False).exclude(comment="").values_list("comment", flat=True),
        "form": form,
        "open": found.call.status == CallStatus.CLOSED,
        "needs_endorsement": found.call.needs_endorsement and not row.endorsed,
    }
    return render(request, "learning/programmes/run_select.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@second_factor_required
def run_select_undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leave an application undecided again."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_applications(viewer), uid=uid)
    attempt(request, lambda: take_back_decision(found, by=viewer), done=_("It is undecided again."))
    return redirect("programmes:run-select", uid=uid)


@login_required
@require_POST
@second_factor_required
def run_select_further(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask one more reader."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_applications(viewer), uid=uid)
    attempt(request, lambda: ask_further(found, by=viewer), done=_("One more reader was drawn and gets a mail."))
    return redirect("programmes:run-select", uid=uid)


def _by_criterion(row: Judged, criteria: Sequence[CallCriterion]) -> list[dict[str, Any]]:
    """What readers chose for each criterion: only the steps that somebody chose, with their words."""
    return [
        {
            "title": criterion.title,
            "weight": criterion.weight,
            "steps": [
                (step, count, criterion.words[step]) for step, count in reversed(list(enumerate(one.counts))) if count
            ],
            "middle": one.middle,
            "differs": one.differs,
        }
        for criterion, one in zip(criteria, row.found.criteria, strict=True)
    ]
