"""Supply and need: where the seats of a year meet what people need next, and where they do not."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trellis.growth.coverage_access import coverage_units
from trellis.insight.chosen import chosen_of
from trellis.insight.queries import released_table, seats
from trellis.insight.supply_board import supply_board
from trellis.insight.views.door import before_release, page, second_factor


@login_required
@require_GET
@second_factor
def supply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one unit's needs as released beside what was to be taught in the year after the wave."""
    chosen = chosen_of(request, uid)
    if chosen.release is None:
        return before_release(request, chosen, "supply")
    standing = released_table(chosen.release, "standing", chosen.unit)
    return page(
        request,
        chosen,
        "insight/supply.html",
        "supply",
        board=supply_board(chosen.themes, standing, seats(chosen.release, chosen.unit)),
        is_hidden=standing.is_hidden,
        plans=coverage_units(chosen.viewer).filter(pk=chosen.unit.pk).exists(),
    )
