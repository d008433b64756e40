"""Where we stand: themes by the parts of a unit as a heat table, on a phone as a list about one of them."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from trellis.insight.chosen import Chosen, chosen_of
from trellis.insight.queries import released_questions
from trellis.insight.standing_board import board, earlier_share
from trellis.insight.views.door import before_release, page, second_factor
from trellis.people.models import Unit

# More columns than this do not fit on a desk.
_COLUMNS = 16


@login_required
@require_GET
@second_factor
def stand(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show where the members of a unit and of its parts stand; a local, of which no parts are shown, has one page."""
    chosen = chosen_of(request, uid)
    if chosen.release is None:
        return before_release(request, chosen, "stand")
    if not chosen.has_parts:
        return redirect(reverse("insight:unit", kwargs={"uid": uid}) + chosen.query)
    columns = Paginator(chosen.inside, _COLUMNS).get_page(request.GET.get("page"))
    parts, one = list(columns.object_list), _one(request, chosen)
    units = list(dict.fromkeys([chosen.unit, *parts, one]))
    tables = released_questions(chosen.release, ["standing", "participation"], units)
    standing, took_part = tables["standing"], tables["participation"]
    return page(
        request,
        chosen,
        "insight/stand.html",
        "stand",
        board=board(chosen.themes, chosen.unit, parts, standing, chosen.level),
        earlier_share=earlier_share(chosen),
        columns=columns,
        took_part=took_part[chosen.unit.pk],
        people=[took_part[unit.pk].cell("answered") for unit in (chosen.unit, *parts)],
        one=one,
        one_board=board(chosen.themes, one, (), standing, chosen.level),
        one_took_part=took_part[one.pk],
    )


def _one(request: HttpRequest, chosen: Chosen) -> Unit:
    """The unit that a phone shows: the whole, unless one of its parts is asked for."""
    asked = request.GET.get("of")
    return next((part for part in chosen.inside if str(part.uid) == asked), chosen.unit)
