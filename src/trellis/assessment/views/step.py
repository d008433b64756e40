"""One theme of the self-assessment: three steps, not yet, no chance; saved at once, with or without script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from trellis.assessment.access import own_responses
from trellis.assessment.actions import answer
from trellis.assessment.form import Point
from trellis.assessment.forms import NO_CHANCE, StepForm
from trellis.assessment.instruments import for_reader
from trellis.assessment.models import Rating, Response
from trellis.assessment.queries import answered
from trellis.assessment.sequence import domains_in_order, minutes_left, segments, themes_in_order
from trellis.core.viewer import viewer_of
from trellis.framework.queries import edition_tree
from trellis.framework.tree import EditionTree, ThemeNode
from trellis.measure.ladder import is_partly, level_of
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """GET shows the theme; POST stores the answer and leads on (or says what became of it, to the page's script)."""
    viewer = viewer_of(request, Person)
    # The layout is looked at here: asked of the database, it costs every save more than all the rest of this.
    response = get_object_or_404(own_responses(viewer).select_related("instrument__edition__framework"), uid=uid)
    tree = edition_tree(response.instrument.edition)
    theme = tree.theme_by_code.get(code)
    if theme is None or response.instrument.definition["layout"] != "ladder":
        raise Http404
    if request.method == "POST":
        by_script = request.headers.get("X-Trellis-Outbox") == "1"
        return (_store_for_script if by_script else _store)(request, viewer, response, tree, theme)
    if response.finished_at is not None:
        return redirect("assessment:overview", uid=uid)
    return _show(request, response, tree, theme)


def _store(
    request: HttpRequest, viewer: Person, response: Response, tree: EditionTree, theme: ThemeNode
) -> HttpResponse:
    onward = redirect(_after(response, tree, theme))
    if "skip" in request.POST:
        return onward
    form = StepForm(request.POST, top=tree.top)
    if not form.is_valid():
        return _show(request, response, tree, theme, error=form.first_error(), status=422)
    try:
        answer(response, Point("theme", theme.id), value=form.half_steps(), answered_at=form.answered_at(), by=viewer)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("assessment:overview", uid=response.uid)
    return onward


def _store_for_script(
    request: HttpRequest, viewer: Person, response: Response, tree: EditionTree, theme: ThemeNode
) -> JsonResponse:
    """Answer the page's outbox: what became of the answer, or why it can never be taken (so that it stops trying)."""
    form = StepForm(request.POST, top=tree.top)
    if not form.is_valid():
        return JsonResponse({"state": "refused", "why": form.first_error()}, status=422)
    try:
        saved = answer(
            response, Point("theme", theme.id), value=form.half_steps(), answered_at=form.answered_at(), by=viewer
        )
    except ValidationError as refusal:
        return JsonResponse({"state": "refused", "why": refusal.messages[0]}, status=409)
    return JsonResponse({"state": saved.value})


def _after(response: Response, tree: EditionTree, theme: ThemeNode) -> str:
    themes = themes_in_order(tree, response.domain_order)
    place = themes.index(theme)
    if place + 1 == len(themes):
        return reverse("assessment:overview", kwargs={"uid": response.uid})
    return reverse("assessment:step", kwargs={"uid": response.uid, "code": themes[place + 1].code})


def _chosen(rating: Rating | None) -> dict[str, Any]:
    if rating is None:
        return {"chosen": "", "partly": False}
    if rating.value is None:
        return {"chosen": NO_CHANCE, "partly": False}
    return {"chosen": str(level_of(rating.value)), "partly": is_partly(rating.value)}


def _show(
    request: HttpRequest, response: Response, tree: EditionTree, theme: ThemeNode, *, error: str = "", status: int = 200
) -> HttpResponse:
    ratings = answered(response)
    domains = domains_in_order(tree, response.domain_order)
    themes = [each for domain in domains for each in domain.themes]
    place = themes.index(theme)
    context = {
        "response": response,
        "tree": tree,
        "theme": theme,
        "domain": tree.domain_by_code[theme.domain_code],
        "instrument": for_reader(response.instrument.definition),
        "place": place + 1,
        "theme_count": len(themes),
        "minutes": minutes_left(len(themes) - len(ratings), response.instrument.definition["seconds_per_question"]),
        "segments": segments(domains, set(ratings)),
        "before": themes[place - 1].code if place else "",
        "next_url": _after(response, tree, theme),
        "ahead": " ".join(each.code for each in themes[place + 1 :]),
        "error": error,
        "top": str(tree.top),
        **_chosen(ratings.get(theme.id)),
    }
    return render(request, "assessment/step.html", context, status=status)
