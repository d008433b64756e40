"""One theme of the viewer's standing: how the level was reached, what comes next, and activities to add to the plan."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import own_goals
from trellis.growth.queries import aim_of, joined_for
from trellis.people.models import Person


@login_required
@require_GET
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """Show the theme, its ladder with the viewer's place on it, and what each level's basis is."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    found = tree.theme_by_code.get(code) if tree else None
    if tree is None or found is None:
        raise Http404
    standing, beside = joined_for(tree, viewer)
    mine = next(each for each in standing.themes if each.theme.code == code)
    aim = aim_of(viewer, tree)
    context = {
        "nav": "growth",
        "tree": tree,
        "theme": found,
        "domain": tree.domain_by_code[found.domain_code],
        "mine": mine,
        "provisional": standing.is_provisional,
        "beside": beside[found.uid],
        "target": aim.targets.get(code),
        "aim": aim,
        "next_cell": found.cell(mine.level + 1) if mine.level < tree.top else None,
        "planned": set(own_goals(viewer).filter(theme_code=code).values_list("target_level", flat=True)),
    }
    return render(request, "growth/theme.html", context)
