"""Run programs: the programs of my units, and what each of their calls and cohorts waits for."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.learning.call_counts import counts_of, waits_for
from trellis.learning.cohort_access import run_cohorts
from trellis.learning.models import CapstoneStatus
from trellis.learning.programme_access import run_calls, run_programmes, runs_somewhere
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_GET
@second_factor_required
def run_home(request: HttpRequest) -> HttpResponse:
    """List the programs that the viewer runs; 404 for who runs none."""
    viewer = viewer_of(request, Person)
    if not runs_somewhere(viewer):
        raise Http404
    calls = list(run_calls(viewer))
    counts = counts_of(calls)
    cohorts = list(
        run_cohorts(viewer).annotate(
            there=Count("members", filter=Q(members__left_on=None), distinct=True),
            done=Count("members", filter=Q(members__completed_on__isnull=False), distinct=True),
            capstones=Count("members", filter=Q(members__capstone__status=CapstoneStatus.SENT), distinct=True),
        )
    )
    shelves = [
        {
            "programme": programme,
            "calls": [
                (one, counts[one.pk], waits_for(one, counts[one.pk]))
                for one in calls
                if one.programme_id == programme.pk
            ],
            "cohorts": [one for one in cohorts if one.programme_id == programme.pk],
        }
        for programme in run_programmes(viewer).order_by("retired_on", "title")
    ]
    context = {"nav": "run-programmes", "shelves": shelves, "today": clock.today()}
    return render(request, "learning/programmes/run_home.html", context)
