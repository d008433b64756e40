"""One unit's page: how its members spread over the levels, how others see them, who is ready for what, what is next."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trellis.insight.access import beside
from trellis.insight.chosen import chosen_of
from trellis.insight.next_queries import next_steps
from trellis.insight.queries import released_questions
from trellis.insight.role_lines import role_lines
from trellis.insight.standing_board import board, earlier_share
from trellis.insight.views.door import before_release, page, second_factor


@login_required
@require_GET
@second_factor
def unit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one unit, beside the totals of the unit above it."""
    chosen = chosen_of(request, uid)
    if chosen.release is None:
        return before_release(request, chosen, "stand")
    above = beside(chosen.unit).first()
    units = [chosen.unit, *([above] if above else [])]
    tables = released_questions(chosen.release, ["standing", "self-other", "participation", "coverage"], units)
    standing, key = tables["standing"], chosen.unit.pk
    found = board(chosen.themes, chosen.unit, (), standing, chosen.level)
    seen = tables["self-other"][key]
    return page(
        request,
        chosen,
        "insight/unit.html",
        "stand",
        board=found,
        above=above,
        above_table=standing.get(above.pk) if above else None,
        earlier_share=earlier_share(chosen),
        took_part=tables["participation"][key],
        seen=seen,
        gaps=[] if seen.is_hidden else [(theme, seen.cell(theme.column)) for theme in chosen.themes],
        roles=role_lines(tables["coverage"][key]),
        next_steps=next_steps(chosen.viewer, standing[key], found.invest),
    )
