"""Telling everybody, once; then the answers to offers, and the waiting list."""

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.learning.call_counts import counts_of
from trellis.learning.decision_actions import move_up, tell_everybody
from trellis.learning.models import CallStatus, Cohort, Offer, Outcome
from trellis.learning.programme_access import run_applications, run_calls
from trellis.learning.run_forms import TellForm
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_offers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what is about to be told, and tell it; afterwards who has answered what."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer).filter(status__in=[CallStatus.CLOSED, CallStatus.DECIDED]), uid=uid)
    usual = clock.today() + dt.timedelta(days=found.answer_days)
    form = TellForm(posted(request), initial={"answer_by": usual})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["answer_by"]
        attempt(request, lambda: tell_everybody(found, answer_by=day, by=viewer), done=_("Everybody was told by mail."))
        return redirect("programmes:run-offers", uid=uid)
    newest = Prefetch("offers", Offer.objects.order_by("-made_at"))
    decided = list(
        run_applications(viewer).filter(call=found).exclude(outcome=Outcome.OPEN)
        .select_related("person").prefetch_related(newest)
    )  # fmt: skip
    counts = counts_of([found])[found.pk]
    context = {
        "nav": "run-programmes",
        "call": found,
        "programme": found.programme,
        "counts": counts,
        "told": found.status == CallStatus.DECIDED,
        "too_many": counts.offered - found.places if found.status == CallStatus.CLOSED else 0,
        "offered": sorted(
            (one for one in decided if one.outcome == Outcome.OFFER), key=lambda one: (one.person.family_name, one.pk)
        ),
        "waiting": sorted(
            (one for one in decided if one.outcome == Outcome.WAITING), key=lambda one: one.waiting_place or 0
        ),
        "declined": sum(one.outcome == Outcome.DECLINE for one in decided),
        "form": form,
        "cohort": Cohort.objects.filter(call=found).first(),
    }
    return render(request, "learning/programmes/run_offers.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@second_factor_required
def run_waiting_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let an application on the waiting list go before the one above it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_applications(viewer).filter(outcome=Outcome.WAITING), uid=uid)
    attempt(request, lambda: move_up(found, by=viewer))
    return redirect("programmes:run-offers", uid=found.call.uid)
