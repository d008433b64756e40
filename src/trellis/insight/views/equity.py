"""The equity lens: whether those who lead look like the members, and whether groups stand alike, by one attribute."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trellis.insight.attributes import Attribute, attributes
from trellis.insight.chosen import chosen_of
from trellis.insight.equity_board import flags, furthest_apart, stages
from trellis.insight.models import Release
from trellis.insight.queries import Table, fairness, groups_by_attribute, released_table
from trellis.insight.standing_board import group_board
from trellis.insight.views.door import before_release, page, second_factor
from trellis.people.models import Unit


@login_required
@require_GET
@second_factor
def equity(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one unit by the groups of one attribute, the first of those that may be shown of such a unit."""
    chosen = chosen_of(request, uid)
    if chosen.release is None:
        return before_release(request, chosen, "equity")
    release, unit, code = chosen.release, chosen.unit, request.GET.get("by")
    asked = [one for one in attributes() if one.code in groups_by_attribute(release)]
    known = [one for one in asked if one.code in chosen.attributes]
    took_part = _took_part(release, unit, [one for one in known if not code or one.code == code])
    if took_part is None and code:
        raise Http404
    by = next((one for one in known if took_part is not None and one.code == took_part.attribute), None)
    context: dict[str, Any] = {"known": known, "higher": [one for one in asked if one not in known], "by": by}
    if by is not None and took_part is not None:
        standing = released_table(release, "standing", unit, by.code)
        checked = fairness(release, unit, by.code) if unit.is_top else {}
        of = request.GET.get("of")
        found = stages(
            released_table(release, "participation", unit),
            took_part,
            *(released_table(release, "pipeline", unit, one) for one in ("", by.code)),
        )
        context |= {
            "stages": [stage for stage in found if not stage.is_hidden],
            "unshown": [stage for stage in found if stage.is_hidden],
            "groups": standing.groups,
            "board": group_board(chosen.themes, released_table(release, "standing", unit), standing, chosen.level),
            "one": of if of in standing.groups else standing.groups[0],
            "apart": furthest_apart(chosen.themes, standing, f"level{chosen.level}"),
            "flags": flags(chosen.themes, checked),
            "unchecked": [group for group, found in checked.items() if found is None],
            "is_checked": any(found is not None for found in checked.values()),
        }
    return page(request, chosen, "insight/equity.html", "equity", **context)


def _took_part(release: Release, unit: Unit, known: Sequence[Attribute]) -> Table | None:
    """Who took part by the first attribute of which anything is shown, or by the first of all; a query for each."""
    first = None
    for one in known:
        table = released_table(release, "participation", unit, one.code)
        if not table.is_hidden:
            return table
        first = first or table
    return first
