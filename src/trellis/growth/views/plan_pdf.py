"""The plan as PDF: goals and steps, and of what is private only what its owner ticks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from trellis.core.clock import today
from trellis.core.viewer import viewer_of
from trellis.growth.access import own_check_ins, own_reflections
from trellis.growth.own_plan_queries import read_own_plan
from trellis.growth.plan_report import Private, plan_report
from trellis.people.models import Person
from trellis.people.queries import place_of


@login_required
@require_GET
def plan_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the viewer's own plan as a tagged PDF; `why`, `notes` and `journal` say what of the private is in it."""
    viewer = viewer_of(request, Person)
    own = read_own_plan(viewer)
    if not own.goals:
        return redirect("growth:plan")
    private = Private(
        why="why" in request.GET,
        notes="notes" in request.GET,
        entries=(*own_check_ins(viewer), *own_reflections(viewer)) if "journal" in request.GET else (),
    )
    answer = HttpResponse(plan_report(viewer, place_of(viewer), own, private), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="plan-{today().isoformat()}.pdf"'
    return answer
