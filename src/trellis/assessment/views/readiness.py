"""Where units stand: the list of the viewer's units, and one unit with its groups, next steps, owners and history."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from trellis.assessment.readiness_access import run_units, visible_readiness_units
from trellis.assessment.readiness_queries import agreed_by, closed_meetings_of, counts_of, open_meeting_of
from trellis.assessment.readiness_state import SHOWN, Tally, state_of
from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_attributes
from trellis.people.models import Person, Unit, UnitKind

# A list longer than this is not read; whoever sees more units finds theirs from the top.
_MOST_UNITS = 200
_SITTINGS = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit in the list: where it stands, and whether the viewer may meet with it."""

    unit: Unit
    tally: Tally
    runs: bool


@login_required
@require_GET
def readiness(request: HttpRequest) -> HttpResponse:
    """List the locals and worksites whose readiness the viewer may see, those they may meet with first."""
    viewer = viewer_of(request, Person)
    tree = main_attributes()
    units = list(visible_readiness_units(viewer).order_by("tree_id", "lft")[:_MOST_UNITS])
    running = set(run_units(viewer).values_list("pk", flat=True))
    counts = counts_of(units)
    whole = len(tree.attributes) if tree else 0
    listed = []
    for unit in units:
        found = counts.get(unit.pk, {})
        in_place, under_way, not_started = (found.get(status, 0) for status in SHOWN[:3])
        tally = Tally(in_place, under_way, not_started, max(0, whole - in_place - under_way - not_started))
        listed.append(Listed(unit, tally, unit.pk in running))
    # A worksite that never met would only fill the list of those who see a whole state.
    listed = [
        one for one in listed if one.runs or one.unit.kind == UnitKind.LOCAL or one.tally.whole > one.tally.unknown
    ]
    listed.sort(key=lambda one: not one.runs)
    return render(request, "assessment/readiness/units.html", {"nav": "readiness", "listed": listed, "tree": tree})


@login_required
@require_GET
def readiness_unit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a unit's readiness to everybody in it; who may meet with it finds the way to a meeting."""
    viewer = viewer_of(request, Person)
    unit = get_object_or_404(visible_readiness_units(viewer), uid=uid)
    tree = main_attributes()
    runs = run_units(viewer).filter(pk=unit.pk).exists()
    context: dict[str, Any] = {"nav": "readiness", "unit": unit, "tree": tree, "runs": runs}
    if tree is not None:
        state = state_of(tree, agreed_by(unit))
        today = clock.today()
        to_do = [(line, line.is_overdue(today)) for line in state.to_do(today)]
        days = state.days(_SITTINGS)
        context |= {
            "state": state,
            "to_do": to_do[:3],
            "more": to_do[3:],
            "overdue": sum(late for _line, late in to_do),
            "days": days,
            "history": [
                (group.group, [day.in_place[place] for day in days]) for place, group in enumerate(state.groups)
            ],
            "changes": state.changes(),
            "today": today,
        }
    if runs:
        context |= {"going": open_meeting_of(unit), "last": closed_meetings_of(unit).first()}
    return render(request, "assessment/readiness/unit.html", context)
