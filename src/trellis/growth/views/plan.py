"""The plan: the why, what comes next, goals with their steps, the check-in, and how it went so far."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.clock import today
from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import plan_panels
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import own_check_ins, own_plan, own_removed_goals, own_removed_steps
from trellis.growth.history import history
from trellis.growth.own_plan_queries import read_own_plan
from trellis.growth.own_words import own_words
from trellis.growth.plan_actions import add_to_plan, tell_why
from trellis.growth.plan_forms import WhyForm
from trellis.growth.queries import aim_of, standing_for
from trellis.growth.step_actions import add_activity, usual_day
from trellis.people.models import Person

_LATELY = 5


@login_required
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show the viewer's own plan, the one next thing first."""
    viewer = viewer_of(request, Person)
    found = read_own_plan(viewer)
    check_ins = list(own_check_ins(viewer)[:_LATELY]) if found.plan else []
    past = history(found.goals, check_ins)
    context = {
        "nav": "plan",
        "own": found,
        "view": found.view,
        "next": found.next,
        "aim": found.aim,
        "aim_domain": found.tree.domain_by_code.get(found.aim.domain_code) if found.tree and found.aim else None,
        "today": today(),
        "said_last": found.words.read(check_ins[0].sealed).get("next", "") if check_ins else "",
        "last_check_in": check_ins[0] if check_ins else None,
        "past": past[:_LATELY],
        "out": taken_out(request, viewer),
        "panels": panel_blocks(plan_panels, request, viewer.uid),
    }
    return render(request, "growth/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def why(request: HttpRequest) -> HttpResponse:
    """Ask three questions to begin with; a POST keeps the answers."""
    viewer = viewer_of(request, Person)
    kept = own_plan(viewer).first()
    initial = own_words(viewer).read(kept.sealed) if kept else {}
    form = WhyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        tell_why(form.cleaned_data, by=viewer)
        messages.success(request, _("Kept. It stands at the top of your plan, and only you see it."))
        return redirect("growth:plan")
    context = {"nav": "plan", "form": form, "is_new": not initial}
    return render(request, "growth/plan/why.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def add_goal(request: HttpRequest, code: str) -> HttpResponse:
    """Add the next level of a theme (or the one named) to the plan, and the activity that was suggested."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    theme = tree.theme_by_code.get(code) if tree else None
    if tree is None or theme is None:
        raise Http404
    mine = next(each for each in standing_for(tree, viewer).themes if each.theme.code == code)
    levels = {str(level.number): level.number for level in tree.levels}
    target = levels.get(request.POST.get("level", ""), min(mine.level + 1, tree.top))
    aim = aim_of(viewer, tree)
    reason = _("Towards: %(role)s") % {"role": aim.profile.role.name} if aim.profile and code in aim.targets else ""
    level = mine.level if mine.is_known else None
    goal = add_to_plan(theme, tree, target=target, reason=reason, level=level, by=viewer)
    asked = request.POST.get("activity", "")
    activity = next((each for each in theme.cell(target).activities if str(each.uid) == asked), None)
    if activity is not None:
        add_activity(goal, activity, due_on=usual_day(goal), by=viewer)
    messages.success(request, _("It is in your plan, with first steps and dates."))
    return redirect("growth:plan")


def taken_out(request: HttpRequest, viewer: Person) -> dict[str, Any] | None:
    """Return what was just taken out (`?out=` its uid), for the page to offer it back; two queries at most."""
    try:
        uid = UUID(request.GET.get("out", ""))
    except ValueError:
        return None
    goal = own_removed_goals(viewer).filter(uid=uid).first()
    if goal is not None:
        return {"goal": goal, "text": goal.theme_name}
    step = own_removed_steps(viewer).filter(uid=uid).first()
    return {"step": step, "text": step.text} if step is not None else None
