"""One program, for those who run it: what it is, what it develops, what completes it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.learning.models import Programme
from trellis.learning.programme_access import run_programmes, run_units, runs_somewhere
from trellis.learning.programme_actions import change_programme, create_programme, retire_programme
from trellis.learning.run_forms import LineFormSet, ProgrammeForm, lines_of
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person, Role


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_programme_new(request: HttpRequest) -> HttpResponse:
    """Take in a new program; 404 for who runs none."""
    if not runs_somewhere(viewer_of(request, Person)):
        raise Http404
    return _edit(request, None)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a program and change it."""
    return _edit(request, get_object_or_404(run_programmes(viewer_of(request, Person)), uid=uid))


@login_required
@require_POST
@second_factor_required
def run_programme_retire(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a program is no longer offered (`retired` = 1), or take that back."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_programmes(viewer), uid=uid)
    retired = request.POST.get("retired") == "1"
    done = _("It is no longer offered.") if retired else _("It is offered again.")
    attempt(request, lambda: retire_programme(found, retired=retired, by=viewer), done=done)
    return redirect("programmes:run-programme", uid=uid)


def _edit(request: HttpRequest, programme: Programme | None) -> HttpResponse:
    viewer, tree = viewer_of(request, Person), main_tree()
    units = list(run_units(viewer).order_by("tree_id", "lft"))
    if programme is not None:
        # Who runs it stays, since its offering and its calls are that unit's.
        units = [programme.unit]
    form = ProgrammeForm(
        posted(request), units=units, roles=list(Role.objects.all()), tree=tree, initial=_initial(programme)
    )
    rubric = LineFormSet(posted(request), prefix="rubric", initial=_lines(programme))
    if request.method == "POST" and form.is_valid() and rubric.is_valid():
        facts = form.facts(lines_of(rubric))
        saved: list[Programme] = []
        if programme is None:
            done = _("Stored. Now make a call for applications.")
            ok = attempt(
                request, lambda: saved.append(create_programme(form.chosen_unit(), facts, by=viewer)), done=done
            )
        else:
            ok = attempt(
                request, lambda: saved.append(change_programme(programme, facts, by=viewer)), done=_("Stored.")
            )
        if ok:
            return redirect("programmes:run-programme", uid=saved[0].uid)
    wrong = request.method == "POST"
    context = {
        "nav": "run-programmes",
        "programme": programme,
        "form": form,
        "rubric": rubric,
        "tree": tree,
        "chosen": set(form["cells"].value() or ()),
        "calls": programme.calls.all() if programme else (),
        "cohorts": programme.cohorts.all() if programme else (),
    }
    return render(request, "learning/programmes/run_programme.html", context, status=422 if wrong else 200)


def _initial(programme: Programme | None) -> dict[str, Any]:
    if programme is None:
        return {}
    names = (
        "title", "description", "sessions_planned", "attend_least", "attend_first", "has_capstone", "capstone_task",
    )  # fmt: skip
    return {name: getattr(programme, name) for name in names} | {
        "unit": str(programme.unit.uid),
        "roles": list(programme.roles.values_list("code", flat=True)),
        "cells": list(programme.cells.values_list("cell_code", flat=True)),
    }


def _lines(programme: Programme | None) -> list[dict[str, Any]]:
    if programme is None:
        return []
    return [dict(line) for line in programme.rubric.values("title", "words_0", "words_1", "words_2", "words_3")]
