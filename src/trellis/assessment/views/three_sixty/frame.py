"""The frame of a 360: which domains, until when, which coach; to begin one, and to change it while choosing."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.assessment.access import own_three_sixties
from trellis.assessment.instruments import THREE_SIXTY, shipped
from trellis.assessment.models import ThreeSixty, ThreeSixtyState
from trellis.assessment.nominating import change_frame, start_three_sixty
from trellis.assessment.three_sixty_forms import FrameForm
from trellis.assessment.three_sixty_queries import coaches_for, minutes_for, tree_of, under_way
from trellis.core.viewer import viewer_of
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin one; who has one under way is led there."""
    viewer = viewer_of(request, Person)
    going, edition = under_way(viewer), main_edition()
    if going is not None:
        return redirect("assessment:three-sixty", uid=going.uid)
    if edition is None:
        return redirect("assessment:three-sixties")
    tree = edition_tree(edition)
    form = FrameForm(_sent(request), domains=tree.domains, coaches=coaches_for(viewer))
    if request.method == "POST" and form.is_valid():
        try:
            made = start_three_sixty(edition, by=viewer, **form.frame())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("assessment:three-sixty-people", uid=made.uid)
    return _show(request, form, tree, None)


@login_required
@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the frame of one that is being chosen."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_three_sixties(viewer).filter(state=ThreeSixtyState.CHOOSING), uid=uid)
    tree = tree_of(found)
    form = FrameForm(
        _sent(request),
        domains=tree.domains,
        coaches=coaches_for(viewer),
        chosen=found.domains,
        last_day=found.round.closes_on,
        coach=found.coach,
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_frame(found, by=viewer, **form.frame())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("assessment:three-sixty-people", uid=uid)
    return _show(request, form, tree, found)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _show(request: HttpRequest, form: FrameForm, tree: EditionTree, found: ThreeSixty | None) -> HttpResponse:
    definition, picked = shipped()[THREE_SIXTY], form.picked()
    context = {
        "nav": "three-sixty",
        "form": form,
        "found": found,
        "domains": [
            (domain, minutes_for(len(domain.themes), definition), domain.code in picked) for domain in tree.domains
        ],
        "minutes": minutes_for(len(tree.themes), definition),
    }
    return render(request, "assessment/three_sixty/frame.html", context, status=422 if form.errors else 200)
