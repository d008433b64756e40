"""The editor of a call: days, places, rules, questions, and what readers look for."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.learning.call_actions import change_call, create_call
from trellis.learning.models import Call, CallStatus, Programme
from trellis.learning.programme_access import run_calls, run_programmes
from trellis.learning.run_forms import CallForm, CriterionFormSet, QuestionFormSet
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_call_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a call of a program (its uid); it begins as the newest one was."""
    programme = get_object_or_404(run_programmes(viewer_of(request, Person)).filter(retired_on=None), uid=uid)
    return _edit(request, programme, None)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_call_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the draft of a call."""
    drafts = run_calls(viewer_of(request, Person)).filter(status=CallStatus.DRAFT)
    call = get_object_or_404(drafts, uid=uid)
    return _edit(request, call.programme, call)


def _edit(request: HttpRequest, programme: Programme, call: Call | None) -> HttpResponse:
    viewer = viewer_of(request, Person)
    like = call or programme.calls.order_by("-pk").first()
    data = posted(request)
    form = CallForm(data, initial=_initial(like, dated=call is not None))
    questions = QuestionFormSet(data, prefix="questions", initial=_rows(like, "questions", "text", "limit"))
    words = ("title", "words_0", "words_1", "words_2", "words_3", "weight")
    criteria = CriterionFormSet(data, prefix="criteria", initial=_rows(like, "criteria", *words))
    if request.method == "POST" and all((form.is_valid(), questions.is_valid(), criteria.is_valid())):
        facts = form.facts(questions, criteria)
        saved: list[Call] = []
        done = _("Stored. Nobody sees it before you open it.")
        if call is None:
            ok = attempt(request, lambda: saved.append(create_call(programme, facts, by=viewer)), done=done)
        else:
            ok = attempt(request, lambda: saved.append(change_call(call, facts, by=viewer)), done=done)
        if ok and "more" in request.POST:
            return redirect("programmes:run-call-edit", uid=saved[0].uid)
        if ok:
            return redirect("programmes:run-call", uid=saved[0].uid)
    context = {
        "nav": "run-programmes",
        "programme": programme,
        "call": call,
        "form": form,
        "questions": questions,
        "criteria": criteria,
    }
    return render(request, "learning/programmes/run_call_edit.html", context, status=422 if data is not None else 200)


def _initial(like: Call | None, *, dated: bool) -> dict[str, Any]:
    if like is None:
        return {}
    names = ["places", "needs_endorsement", "readers_each", "differ_at", "answer_days"]
    if dated:
        names += ["title", "opens_on", "closes_on", "decide_on"]
    return {name: getattr(like, name) for name in names}


def _rows(like: Call | None, kind: str, *names: str) -> list[dict[str, Any]]:
    return list(getattr(like, kind).values(*names)) if like else []
