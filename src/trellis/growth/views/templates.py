"""Plans to start from: the list, one as a proposal beside one's own plan, and taking it up in one press."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from trellis.core.clock import today
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import own_goals, visible_templates
from trellis.growth.plan_templates import spoken
from trellis.growth.template_actions import adopt_template
from trellis.growth.template_proposal import proposal
from trellis.people.models import Person


@login_required
@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    """List the templates, those for a role that the viewer holds today first."""
    viewer = viewer_of(request, Person)
    held = {term.role_id for term in viewer.current_terms}
    found = visible_templates(viewer).prefetch_related("goals")
    rows = [
        (one, spoken(one, one.title), spoken(one, one.about), one.role_id in held)
        for one in sorted(found, key=lambda each: each.role_id not in held)
    ]
    context = {"nav": "plan", "rows": rows, "may_edit": viewer.keeps_framework}
    return render(request, "growth/plan/templates.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def template_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a template would add to the viewer's plan; a POST adds it."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    if tree is None:
        raise Http404
    found = get_object_or_404(visible_templates(viewer).prefetch_related("goals__steps__offering"), uid=uid)
    if request.method == "POST":
        new = adopt_template(found, tree, by=viewer)
        text = ngettext("It is in your plan: %(count)d new step.", "It is in your plan: %(count)d new steps.", new)
        messages.success(request, text % {"count": new} if new else _("All of it was in your plan already."))
        return redirect("growth:plan")
    goals = list(own_goals(viewer).prefetch_related("steps"))
    proposed = proposal(found, tree, goals, today=today())
    context = {
        "nav": "plan",
        "template": found,
        "title": spoken(found, found.title),
        "about": spoken(found, found.about),
        "proposed": proposed,
        "adds": any(each.adds for each in proposed),
        "has_plan": bool(goals),
        "may_edit": viewer.keeps_framework,
    }
    return render(request, "growth/plan/template.html", context)
