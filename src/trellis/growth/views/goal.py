"""One goal: its steps in order, what to add to it, one's own reason, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.clock import today
from trellis.core.registry import tools
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.access import own_goals, own_removed_goals
from trellis.growth.forms import OwnStepForm
from trellis.growth.ladder_choices import level_choices, missing_levels
from trellis.growth.models import Goal, GoalStatus
from trellis.growth.own_plan_queries import attested_in
from trellis.growth.own_words import own_words
from trellis.growth.plan_actions import change_goal_reason, remove_goal, restore_goal, set_goal_status
from trellis.growth.plan_forms import ReasonForm
from trellis.growth.progress import plan_view
from trellis.growth.queries import standing_for
from trellis.growth.session_choices import session_choices
from trellis.growth.views.plan import taken_out
from trellis.people.models import Person

_SAID = {
    GoalStatus.OPEN: gettext_lazy("Open again."),
    GoalStatus.PAUSED: gettext_lazy("Paused. It waits for you, and nothing of it is lost."),
    GoalStatus.REACHED: gettext_lazy("Well done. What next?"),
}


@login_required
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one of the viewer's own goals; a POST keeps their reason for it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_goals(viewer).prefetch_related("steps__session", "steps__offering"), uid=uid)
    reason = own_words(viewer).read(found.sealed)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=reason)
    if request.method == "POST" and form.is_valid():
        change_goal_reason(found, form.cleaned_data["reason"], by=viewer)
        messages.success(request, _("Kept."))
        return redirect("growth:goal", uid=uid)
    tree = main_tree()
    context = {
        "nav": "plan",
        "form": form,
        "own_step": OwnStepForm(),
        "today": today(),
        "out": taken_out(request, viewer),
        **_around(found, viewer, tree, reason.get("reason", "")),
    }
    return render(request, "growth/plan/goal.html", context, status=422 if form.errors else 200)


def _around(goal: Goal, viewer: Person, tree: EditionTree | None, reason: str) -> dict[str, Any]:
    """The goal as it is shown, and what may be added to it."""
    standing = standing_for(tree, viewer) if tree else None
    shown = plan_view(
        [goal],
        own_reasons={goal.pk: reason},
        tree=tree,
        standing=standing,
        attested=attested_in(tree, viewer) if tree else {},
    )
    (view,) = (*shown.going, *shown.paused, *shown.reached)
    theme = tree.theme_by_code.get(goal.theme_code) if tree else None
    if tree is None or theme is None or goal.target_level > tree.top:
        return {"view": view, "levels": [], "choices": [], "tools": []}
    # Where nothing is known, the target is the rung to begin with, as when the goal was set.
    level = view.level if view.mine is not None else goal.target_level - 1
    steps = (*view.waiting, *view.done)
    missing = missing_levels(level=level, target=goal.target_level)
    cells = {theme.cell(number).code for number in missing}
    return {
        "view": view,
        "theme": theme,
        "levels": level_choices(
            theme, level=level, target=goal.target_level, taken={step.activity_uid for step in steps}
        ),
        "choices": session_choices(theme.uid, missing),
        "evidence_for": theme.cell(missing[0]),
        "offerings": {step.offering_id for step in steps},
        "tools": [tool for tool in tools if cells.intersection(tool.cells)],
    }


@login_required
@require_POST
def goal_status(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Pause a goal, call it reached, or open it again (`status`)."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_goals(viewer), uid=uid)
    try:
        set_goal_status(found, request.POST.get("status", ""), by=viewer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, str(_SAID[GoalStatus(found.status)]))
    return redirect("growth:goal", uid=uid)


@login_required
@require_POST
def drop_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a goal out of the plan; the page that follows offers to bring it back."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_goals(viewer), uid=uid)
    remove_goal(found, by=viewer)
    return redirect(f"{reverse('growth:plan')}?out={found.uid}")


@login_required
@require_POST
def bring_goal_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring back a goal that was taken out."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_removed_goals(viewer), uid=uid)
    try:
        restore_goal(found, by=viewer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is back."))
    return redirect("growth:plan")
