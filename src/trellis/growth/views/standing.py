"""The standing: skyline, strengths, grow next with one next action, and the list of all themes; and the same as PDF."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from trellis.assessment.queries import open_response
from trellis.core.clock import today
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.columns import in_columns
from trellis.growth.joined import JoinedTheme
from trellis.growth.next_action import strengths
from trellis.growth.queries import aim_of, joined_for
from trellis.growth.report import standing_report
from trellis.growth.skyline import draw
from trellis.growth.standing import MOBILIZING
from trellis.growth.what_next_queries import Ground, what_next_for
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL
from trellis.people.models import Person
from trellis.people.queries import place_of


def _context(viewer: Person, tree: EditionTree) -> dict[str, Any]:
    found, beside = joined_for(tree, viewer)
    ground = Ground(tree, found, aim_of(viewer, tree))
    following = what_next_for(viewer, ground=ground)
    # What comes next need not be said twice.
    ways = [gap for gap in ground.ways if following is None or gap is not following.gap]
    return {
        "tree": tree,
        "standing": found,
        "joined": beside,
        "aim": ground.aim,
        "aim_domain": tree.domain_by_code.get(ground.aim.domain_code),
        "next": following,
        "today": today(),
        "ways": ways[:3],
        "strengths": strengths(found),
        "mobilizing": MOBILIZING,
    }


@login_required
@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """Show the viewer's own standing; before there is one, the way to it."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    if tree is None:
        return render(request, "growth/standing_empty.html", {"nav": "growth"})
    context = _context(viewer, tree)
    if not context["standing"].known:
        waiting = {"nav": "growth", "going": open_response(viewer), "answered": context["standing"].as_of is not None}
        return render(request, "growth/standing_empty.html", waiting)
    beside: dict[UUID, JoinedTheme] = context["joined"]
    others = {uid: theme.others for uid, theme in beside.items() if theme.others}
    context |= {
        "seen_by": max((each.raters for each in others.values()), default=0),
        "has_proven": any(theme.proven for theme in beside.values()),
        "gaps": sorted(
            (theme for theme in beside.values() if theme.gap), key=lambda theme: (-theme.gap, theme.mine.theme.order)
        ),
        "nav": "growth",
        "place": place_of(viewer),
        "skyline": draw(
            context["standing"],
            tree.levels,
            {uid: each.half_steps / HALF_STEPS_PER_LEVEL for uid, each in others.items()},
        ),
        "columns": in_columns(context["standing"].domains),
    }
    return render(request, "growth/standing.html", context)


@login_required
@require_GET
def standing_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the viewer's own standing as a tagged PDF."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    context = _context(viewer, tree) if tree else {}
    if not context or not context["standing"].known:
        return redirect("growth:standing")
    answer = HttpResponse(standing_report(viewer, place_of(viewer), context), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="standing-{today().isoformat()}.pdf"'
    return answer
