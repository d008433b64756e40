"""The plan: goals, steps with dates, things done; add, tick, move, take out."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.core.clock import today
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import own_goals, own_steps
from trellis.growth.forms import OwnStepForm, StepDateForm
from trellis.growth.plan_actions import add_to_plan, remove_goal
from trellis.growth.queries import aim_of, standing_for
from trellis.growth.step_actions import add_step, mark_step, move_step
from trellis.people.models import Person


@login_required
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show the viewer's own plan, the one next step first."""
    viewer = viewer_of(request, Person)
    goals = list(own_goals(viewer).prefetch_related("steps"))
    open_steps = [step for goal in goals for step in goal.steps.all() if step.done_at is None]
    following = min(
        open_steps, key=lambda step: (step.due_on is None, step.due_on or today(), step.order, step.pk), default=None
    )
    context = {
        "nav": "plan",
        "goals": goals,
        "next": following,
        "form": OwnStepForm(),
        "today": today(),
        "done": sum(step.done_at is not None for goal in goals for step in goal.steps.all()),
    }
    return render(request, "growth/plan.html", context)


@login_required
@require_POST
def add_goal(request: HttpRequest, code: str) -> HttpResponse:
    """Add the next level of a theme (or the one named) to the plan."""
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
    add_to_plan(theme, tree, target=target, reason=reason, by=viewer)
    messages.success(request, _("It is in your plan, with first steps and dates."))
    return redirect("growth:plan")


@login_required
@require_POST
def drop_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a goal out of the plan."""
    viewer = viewer_of(request, Person)
    goal = get_object_or_404(own_goals(viewer), uid=uid)
    remove_goal(goal, by=viewer)
    messages.success(request, _("Taken out: %(theme)s.") % {"theme": goal.theme_name})
    return redirect("growth:plan")


@login_required
@require_POST
def own_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a step of one's own to a goal."""
    viewer = viewer_of(request, Person)
    goal = get_object_or_404(own_goals(viewer), uid=uid)
    form = OwnStepForm(request.POST)
    if form.is_valid():
        add_step(goal, text=form.cleaned_data["text"], due_on=form.cleaned_data["due_on"], by=viewer)
    else:
        messages.error(request, " ".join(str(message) for errors in form.errors.values() for message in errors))
    return redirect("growth:plan")


@login_required
@require_POST
def tick_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark a step done or not done (`done` = 1 or 0), or give it another date (`due_on`)."""
    viewer = viewer_of(request, Person)
    step = get_object_or_404(own_steps(viewer), uid=uid)
    if "done" in request.POST:
        mark_step(step, done=request.POST["done"] == "1", by=viewer)
        return redirect("growth:plan")
    form = StepDateForm(request.POST)
    if form.is_valid():
        move_step(step, due_on=form.cleaned_data["due_on"], by=viewer)
    else:
        messages.error(request, _("That is not a date. Write it like 2026-11-30."))
    return redirect("growth:plan")
