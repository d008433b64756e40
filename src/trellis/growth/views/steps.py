"""Steps: add one of any kind, tick it, change it, put it in another place, take it out and bring it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.registry import tools
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import own_goals, own_removed_steps, own_steps
from trellis.growth.forms import OwnStepForm, StepDateForm
from trellis.growth.models import Goal, Step, StepKind
from trellis.growth.own_words import own_words
from trellis.growth.plan_forms import StepForm
from trellis.growth.session_choices import upcoming
from trellis.growth.step_actions import (
    add_activity,
    add_session,
    add_step,
    add_tool,
    change_step,
    mark_step,
    move_step,
    remove_step,
    restore_step,
    shift_step,
    usual_day,
)
from trellis.learning.access import listed_offerings, visible_sessions
from trellis.learning.queries import sign_up_of
from trellis.people.models import Person

_DATES = 6


@login_required
@require_POST
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a step to a goal: an `activity`, an `offering` (and a `session` of it), a `tool`, or one's own `text`."""
    viewer = viewer_of(request, Person)
    goal = get_object_or_404(own_goals(viewer), uid=uid)
    sent = request.POST
    if "activity" in sent:
        _add_activity(goal, sent["activity"], by=viewer)
    elif "offering" in sent:
        _add_session(goal, sent["offering"], sent.get("session", ""), by=viewer)
    elif "tool" in sent:
        tool = tools.get(sent["tool"])
        if tool is None:
            raise Http404
        add_tool(goal, tool, due_on=usual_day(goal), by=viewer)
    else:
        form = OwnStepForm(sent)
        if not form.is_valid():
            messages.error(request, " ".join(str(text) for errors in form.errors.values() for text in errors))
            return _to_goal(goal, "own")
        add_step(goal, text=form.cleaned_data["text"], due_on=form.cleaned_data["due_on"], by=viewer)
    messages.success(request, _("Added to your steps."))
    return _to_goal(goal, "steps")


def _add_activity(goal: Goal, uid: str, *, by: Person) -> None:
    tree = main_tree()
    theme = tree.theme_by_code.get(goal.theme_code) if tree else None
    known = {str(each.uid): each for cell in theme.cells for each in cell.activities} if theme else {}
    if uid not in known:
        raise Http404
    add_activity(goal, known[uid], due_on=usual_day(goal), by=by)


def _add_session(goal: Goal, offering: str, session: str, *, by: Person) -> None:
    found = get_object_or_404(listed_offerings(by), uid=_uid(offering))
    date = get_object_or_404(visible_sessions(by).filter(upcoming(found)), uid=_uid(session)) if session else None
    add_session(goal, found, session=date, due_on=usual_day(goal), by=by)


@login_required
@require_POST
def tick(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark a step done or not done (`done` = 1 or 0), or give it another date (`due_on`)."""
    viewer = viewer_of(request, Person)
    step = get_object_or_404(own_steps(viewer), uid=uid)
    if "done" in request.POST:
        mark_step(step, done=request.POST["done"] == "1", by=viewer)
        return _back(request, step)
    form = StepDateForm(request.POST)
    if form.is_valid():
        move_step(step, due_on=form.cleaned_data["due_on"], by=viewer)
    else:
        messages.error(request, _("That is not a date. Write it like 2026-11-30."))
    return _back(request, step)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one step with all that belongs to it; a POST keeps what was changed."""
    viewer = viewer_of(request, Person)
    step = get_object_or_404(own_steps(viewer).select_related("goal", "session", "offering"), uid=uid)
    form = StepForm(
        request.POST if request.method == "POST" else None, step=step, words=own_words(viewer).read(step.sealed)
    )
    if request.method == "POST" and form.is_valid():
        change_step(step, **({"text": step.text} | form.cleaned_data), by=viewer)
        messages.success(request, _("Kept."))
        return _to_goal(step.goal, "steps")
    tree = main_tree()
    theme = tree.theme_by_code.get(step.goal.theme_code) if tree else None
    is_listed = step.offering is not None and listed_offerings(viewer).filter(pk=step.offering.pk).exists()
    context = {
        "nav": "plan",
        "form": form,
        "step": step,
        "tree": tree,
        "cell": next((c for c in theme.cells for a in c.activities if a.uid == step.activity_uid), None)
        if theme and step.activity_uid
        else None,
        "dates": list(visible_sessions(viewer).filter(upcoming(step.offering))[:_DATES]) if is_listed else [],
        "sign_up": sign_up_of(viewer, step.session) if step.session else None,
        "tool": tools.get(step.tool_key) if step.kind == StepKind.TOOL else None,
    }
    return render(request, "growth/plan/step.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def shift(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move a step one place up or down (`way`)."""
    viewer = viewer_of(request, Person)
    step = get_object_or_404(own_steps(viewer), uid=uid)
    shift_step(step, up=request.POST.get("way") == "up", by=viewer)
    return _to_goal(step.goal, "steps")


@login_required
@require_POST
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a step out; the page that follows offers to bring it back."""
    viewer = viewer_of(request, Person)
    step = get_object_or_404(own_steps(viewer), uid=uid)
    remove_step(step, by=viewer)
    return HttpResponseRedirect(f"{reverse('growth:goal', kwargs={'uid': step.goal.uid})}?out={step.uid}")


@login_required
@require_POST
def bring_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring back a step that was taken out."""
    viewer = viewer_of(request, Person)
    step = get_object_or_404(own_removed_steps(viewer).select_related("goal"), uid=uid)
    try:
        restore_step(step, by=viewer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is back."))
    return _to_goal(step.goal, "steps")


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _to_goal(goal: Goal, place: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('growth:goal', kwargs={'uid': goal.uid})}#{place}")


def _back(request: HttpRequest, step: Step) -> HttpResponse:
    """Return to where the box was ticked (`at`): the goal's own page, its place on the plan, or the plan's top."""
    at = request.POST.get("at", "")
    if at == "goal":
        return _to_goal(step.goal, "steps")
    if at == "list":
        return HttpResponseRedirect(f"{reverse('growth:plan')}#goal-{step.goal.uid}")
    return redirect("growth:plan")
