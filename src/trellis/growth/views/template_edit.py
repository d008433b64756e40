"""Changing plans to start from, for who keeps the framework: what they are, their goals, and the steps of a goal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.growth.access import editable_templates
from trellis.growth.models import PlanTemplate, TemplateGoal, TemplateStep
from trellis.growth.template_actions import (
    add_template_goal,
    add_template_step,
    change_template,
    make_template,
    remove_template_goal,
    remove_template_step,
)
from trellis.growth.template_forms import TemplateForm, TemplateGoalForm, TemplateStepForm
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def template_new(request: HttpRequest) -> HttpResponse:
    """Begin a template."""
    viewer = viewer_of(request, Person)
    edition = _edition()
    if not viewer.keeps_framework:
        raise Http404
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = make_template(edition, form.chosen(), by=viewer)
        return redirect("growth:template-edit", uid=found.uid)
    context = {"nav": "plan", "form": form}
    return render(request, "growth/plan/template_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def template_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a template with its goals; a POST keeps what it is, or with `theme` adds a goal."""
    viewer = viewer_of(request, Person)
    found, tree = _template(viewer, uid), edition_tree(_edition())
    adds = "theme" in request.POST
    form = TemplateForm(request.POST if request.method == "POST" and not adds else None, template=found)
    goal_form = TemplateGoalForm(request.POST if adds else None, tree=tree, auto_id="goal-%s")
    if request.method == "POST" and not adds and form.is_valid():
        change_template(found, form.chosen(), by=viewer)
        messages.success(request, _("Saved. It is your association's own now."))
        return redirect("growth:template-edit", uid=uid)
    if adds and goal_form.is_valid() and (goal := _added(found, goal_form, by=viewer)) is not None:
        return redirect("growth:template-goal", uid=uid, number=goal.pk)
    context = {
        "nav": "plan",
        "template": found,
        "form": form,
        "goal_form": goal_form,
        "goals": [(goal, _name(tree, goal)) for goal in found.goals.prefetch_related("steps")],
    }
    wrong = form.errors or goal_form.errors
    return render(request, "growth/plan/template_edit.html", context, status=422 if wrong else 200)


def _added(template: PlanTemplate, form: TemplateGoalForm, *, by: Person) -> TemplateGoal | None:
    said: dict[str, Any] = form.cleaned_data
    try:
        return add_template_goal(template, theme_code=said["theme"], level=said["level"], reason=said["reason"], by=by)
    except ValidationError as error:
        form.add_error("theme", error)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def template_goal(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Show the steps of a template's goal; a POST adds one."""
    viewer = viewer_of(request, Person)
    goal = _goal(viewer, uid, number)
    tree = edition_tree(_edition())
    theme = tree.theme_by_code.get(goal.theme_code)
    if theme is None:
        raise Http404
    form = TemplateStepForm(request.POST if request.method == "POST" else None, theme=theme, level=goal.level)
    if request.method == "POST" and form.is_valid():
        add_template_step(
            goal,
            days=form.cleaned_data["days"],
            text=form.cleaned_data["text"],
            activity=form.activity,
            offering=form.offering,
            by=viewer,
        )
        messages.success(request, _("Added."))
        return redirect("growth:template-goal", uid=uid, number=number)
    context = {
        "nav": "plan",
        "template": goal.template,
        "goal": goal,
        "theme": theme,
        "form": form,
        "steps": goal.steps.all(),
    }
    return render(request, "growth/plan/template_goal.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def template_goal_remove(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Take a goal out of a template."""
    viewer = viewer_of(request, Person)
    remove_template_goal(_goal(viewer, uid, number), by=viewer)
    messages.success(request, _("Taken out. Plans that have it already keep it."))
    return redirect("growth:template-edit", uid=uid)


@login_required
@require_POST
def template_step_remove(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Take a step out of a template's goal."""
    viewer = viewer_of(request, Person)
    steps = TemplateStep.objects.filter(goal__template__in=editable_templates(viewer).filter(uid=uid))
    step = get_object_or_404(steps.select_related("goal__template"), pk=number)
    remove_template_step(step, by=viewer)
    messages.success(request, _("Taken out. Plans that have it already keep it."))
    return redirect("growth:template-goal", uid=uid, number=step.goal_id)


def _edition() -> Edition:
    edition = main_edition()
    if edition is None:
        raise Http404
    return edition


def _template(viewer: Person, uid: UUID) -> PlanTemplate:
    return get_object_or_404(editable_templates(viewer), uid=uid)


def _goal(viewer: Person, uid: UUID, number: int) -> TemplateGoal:
    goals = TemplateGoal.objects.filter(template__in=editable_templates(viewer).filter(uid=uid))
    return get_object_or_404(goals.select_related("template"), pk=number)


def _name(tree: EditionTree, goal: TemplateGoal) -> str:
    theme = tree.theme_by_code.get(goal.theme_code)
    return theme.short if theme else goal.theme_code
