"""Checking in: three small questions, and dates moved with them; and the journal of what was written."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.clock import today
from trellis.core.viewer import viewer_of
from trellis.growth.access import (
    own_check_ins,
    own_goals,
    own_plan,
    own_reflections,
    own_removed_goals,
    own_removed_steps,
)
from trellis.growth.history import history
from trellis.growth.journal_actions import check_in as keep_check_in
from trellis.growth.journal_actions import reflect, remove_entry
from trellis.growth.models import CheckIn, Reflection
from trellis.growth.own_words import own_words
from trellis.growth.plan_forms import CheckInForm, ReflectionForm
from trellis.growth.what_next_queries import waiting_steps
from trellis.people.models import Person

_A_PAGE = 20


@login_required
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest) -> HttpResponse:
    """Ask the three questions; a POST keeps the answers and moves the dates that were changed."""
    viewer = viewer_of(request, Person)
    form = CheckInForm(request.POST if request.method == "POST" else None, steps=waiting_steps(viewer))
    if request.method == "POST" and form.is_valid():
        keep_check_in(form.words(), form.moved(), by=viewer)
        plan = own_plan(viewer).get()
        if plan.check_in_on:
            day = date_format(plan.check_in_on, "DATE_FORMAT")
            messages.success(request, _("Kept. The next check-in is on %(day)s.") % {"day": day})
        else:
            messages.success(request, _("Kept."))
        return redirect("growth:plan")
    last = own_check_ins(viewer).first()
    context = {
        "nav": "plan",
        "form": form,
        "today": today(),
        "last": last,
        "said_last": own_words(viewer).read(last.sealed).get("next", "") if last else "",
    }
    return render(request, "growth/plan/check_in.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def journal(request: HttpRequest) -> HttpResponse:
    """Show what happened and what was written, newest first; a POST keeps a reflection."""
    viewer = viewer_of(request, Person)
    goals = list(own_goals(viewer).prefetch_related("steps"))
    form = ReflectionForm(request.POST if request.method == "POST" else None, goals=goals)
    if request.method == "POST" and form.is_valid():
        reflect(form.cleaned_data["text"], goal=form.goal(), by=viewer)
        messages.success(request, _("Kept. Only you see it."))
        return redirect("growth:journal")
    check_ins, reflections = list(own_check_ins(viewer)), list(own_reflections(viewer))
    pages = Paginator(history(goals, check_ins, reflections), _A_PAGE).get_page(request.GET.get("page"))
    words = own_words(viewer)
    sealed = {one.uid: one.sealed for one in check_ins} | {one.uid: one.sealed for one in reflections}
    context = {
        "nav": "plan",
        "form": form,
        "pages": pages,
        "entries": [(past, words.read(sealed[past.entry]) if past.entry else {}) for past in pages.object_list],
        "goals_out": own_removed_goals(viewer),
        "steps_out": own_removed_steps(viewer),
    }
    return render(request, "growth/plan/journal.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def journal_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether to delete a check-in or a reflection for good, and do it."""
    viewer = viewer_of(request, Person)
    entry: CheckIn | Reflection | None = own_check_ins(viewer).filter(uid=uid).first()
    entry = entry or own_reflections(viewer).filter(uid=uid).first()
    if entry is None:
        raise Http404
    if request.method == "POST":
        remove_entry(entry, by=viewer)
        messages.success(request, _("Deleted."))
        return redirect("growth:journal")
    context = {"nav": "plan", "entry": entry, "words": own_words(viewer).read(entry.sealed)}
    return render(request, "growth/plan/journal_remove.html", context)
