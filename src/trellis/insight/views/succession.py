"""Succession: the bench behind each role, vacant seats, and, for who leads the unit, who is ready and shares it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trellis.framework.queries import main_tree
from trellis.insight.chosen import chosen_of
from trellis.insight.queries import released_table
from trellis.insight.seat_queries import candidates, ending_terms, vacant_seats
from trellis.insight.succession_board import benches
from trellis.insight.views.door import page, second_factor
from trellis.people.actions import note_looks
from trellis.people.models import Looked

_UNITS, _TERMS = 12, 30


@login_required
@require_GET
@second_factor
def succession(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the bench as released, the vacant seats of today, and persons within the viewer's own scope.

    Each person whose readiness is shown finds the look in their own list.
    """
    chosen, tree = chosen_of(request, uid), main_tree()
    ending = ending_terms(chosen.viewer, chosen.unit)
    people = candidates(chosen.viewer, chosen.unit, tree) if tree is not None and ending is not None else None
    shown = {one.person.pk: one.person for role in people or () for one in (*role.ready, *role.nearly)}
    shown.pop(chosen.viewer.pk, None)
    note_looks(list(shown.values()), by=chosen.viewer, what=Looked.STANDING)
    release, unit = chosen.release, chosen.unit
    tables = [released_table(release, name, unit) for name in ("pipeline", "coverage")] if release is not None else []
    found = benches(*tables) if tables else []
    return page(
        request,
        chosen,
        "insight/succession.html",
        "succession",
        benches=[bench for bench in found if not bench.is_hidden],
        unshown=[bench for bench in found if bench.is_hidden],
        vacant=vacant_seats(chosen.unit, most=_UNITS),
        leads=ending is not None,
        ending=ending[:_TERMS] if ending is not None else (),
        people=people,
    )
