"""The team: what the people who share with their leaders can do together, where it is thin, whom it leans on."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.coverage import cover
from trellis.growth.queries import levels
from trellis.people.access import led_units
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person
from trellis.people.queries import team_of


@login_required
@require_GET
@second_factor_required
def teams(request: HttpRequest) -> HttpResponse:
    """Lead to the viewer's team, or let them choose among several; 404 for who leads nobody."""
    viewer = viewer_of(request, Person)
    units = list(led_units(viewer).order_by("tree_id", "lft"))
    if not units:
        raise Http404
    if len(units) == 1:
        return redirect("growth:team", uid=units[0].uid)
    return render(request, "growth/teams.html", {"nav": "team", "units": units})


@login_required
@require_GET
@second_factor_required
def team(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a unit's coverage from those who share; nothing of it while they are fewer than the minimum."""
    viewer = viewer_of(request, Person)
    unit = get_object_or_404(led_units(viewer), uid=uid)
    tree = main_tree()
    group = team_of(viewer, unit)
    context = {
        "nav": "team",
        "unit": unit,
        "group": group,
        "tree": tree,
        "minimum": settings.TRELLIS_TEAM_MINIMUM,
        "hidden": True,
    }
    if tree is not None:
        found = {key: each for key, each in levels(tree, group.sharing).items() if each}
        context["answered"] = len(found)
        if len(found) >= settings.TRELLIS_TEAM_MINIMUM:
            domains = cover(tree, found, {person.pk: person.name for person in group.sharing})
            themes = [theme for domain in domains for theme in domain.themes]
            context |= {
                "hidden": False,
                "domains": domains,
                "missing": [theme for theme in themes if theme.is_missing],
                "single": [theme for theme in themes if theme.is_single],
                "covered": sum(theme.mobilizing > 1 for theme in themes),
            }
    return render(request, "growth/team.html", context)
