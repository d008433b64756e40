"""Growth over waves: what changed for those who answered twice, theme by theme, and what may be claimed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trellis.insight.chosen import chosen_of
from trellis.insight.group_names import attribute_names, group_names
from trellis.insight.growth_lines import growth_lines, summed_up
from trellis.insight.queries import released_table
from trellis.insight.views.door import before_release, page, second_factor
from trellis.measure.gain import COMPARED_FROM


@login_required
@require_GET
@second_factor
def growth(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the change since the wave before, of everybody, and of the groups of one attribute when asked for."""
    chosen = chosen_of(request, uid)
    if chosen.release is None:
        return before_release(request, chosen, "growth")
    if not chosen.then:
        return page(request, chosen, "insight/growth.html", "growth")
    attribute = request.GET.get("by", "")
    by = None
    if attribute in chosen.attributes:
        by = released_table(chosen.release, "growth", chosen.unit, attribute)
    lines = growth_lines(chosen.themes, released_table(chosen.release, "growth", chosen.unit), by)
    return page(
        request,
        chosen,
        "insight/growth.html",
        "growth",
        lines=lines,
        summary=summed_up(lines),
        attributes=attribute_names(chosen.attributes),
        by=by,
        groups=group_names(attribute, by.groups) if by is not None else (),
        compared_from=COMPARED_FROM,
    )
