"""The door to a form that is filled in page by page: what it is, how long it takes, which themes; begin or go on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.assessment.access import own_forms
from trellis.assessment.actions import begin, instrument_for
from trellis.assessment.instruments import for_reader, has_own_door, shipped
from trellis.core.viewer import viewer_of
from trellis.framework.queries import edition_tree, main_edition
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def form_door(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows the door; POST begins with the themes picked (or adds them to what is open) and leads to its pages."""
    viewer = viewer_of(request, Person)
    definition = shipped().get(code)
    if definition is None or not has_own_door(definition):
        raise Http404
    edition = main_edition()
    if edition is None:
        return redirect("assessment:start")
    tree = edition_tree(edition)
    picked = [theme for theme in request.POST.getlist("theme") if theme in tree.theme_by_code]
    error = ""
    if request.method == "POST":
        try:
            response = begin(instrument_for(edition, code, by=viewer), by=viewer, themes=picked)
        except ValidationError as refusal:
            error = refusal.messages[0]
        else:
            return redirect("assessment:form-overview", uid=response.uid)
    context: dict[str, Any] = {
        "nav": "assess",
        "instrument": for_reader(definition),
        "domains": tree.domains if definition.get("of") == "chosen" else (),
        "waves": list(own_forms(viewer).filter(instrument__code=code).order_by("-wave")),
        "error": error,
    }
    context["going"] = next((wave for wave in context["waves"] if wave.finished_at is None), None)
    return render(request, "assessment/form_door.html", context, status=422 if error else 200)
