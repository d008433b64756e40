"""Choosing a goal: what standing and role suggest, with the reason said, or any theme for a reason of one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.growth.access import own_goals, visible_templates
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.plan_forms import FreeGoalForm
from trellis.growth.what_next_queries import ground_of
from trellis.people.models import Person

_SUGGESTED = 5


@login_required
@require_http_methods(["GET", "POST"])
def goal_new(request: HttpRequest) -> HttpResponse:
    """Show what is suggested and the free choice; a POST of that adds the goal."""
    viewer = viewer_of(request, Person)
    ground = ground_of(viewer)
    if ground is None:
        raise Http404
    form = FreeGoalForm(request.POST if request.method == "POST" else None, tree=ground.tree)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        theme = ground.tree.theme_by_code[chosen["theme"]]
        mine = next(each for each in ground.standing.themes if each.theme.code == theme.code)
        goal = add_to_plan(
            theme,
            ground.tree,
            target=int(chosen["level"]),
            reason="",
            own_reason=chosen["reason"],
            level=mine.level if mine.is_known else None,
            by=viewer,
        )
        messages.success(request, _("It is in your plan, with first steps and dates."))
        return redirect("growth:goal", uid=goal.uid)
    planned = set(own_goals(viewer).values_list("theme_code", "target_level"))
    ways = [gap for gap in ground.ways if (gap.standing.theme.code, gap.cell.level) not in planned]
    context = {
        "nav": "plan",
        "form": form,
        "ways": ways[:_SUGGESTED],
        "aim": ground.aim,
        "aim_domain": ground.tree.domain_by_code.get(ground.aim.domain_code),
        "has_standing": ground.standing.known > 0,
        "has_templates": visible_templates(viewer).exists(),
    }
    return render(request, "growth/plan/goal_new.html", context, status=422 if form.errors else 200)
