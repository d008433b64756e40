"""The door to the self-assessment: what it is, who sees it, begin or go on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.assessment.access import own_ladders
from trellis.assessment.actions import begin, instrument_for
from trellis.assessment.instruments import SHORT_SELF, for_reader, has_own_door, shipped
from trellis.assessment.queries import open_response
from trellis.core.viewer import viewer_of
from trellis.framework.queries import edition_tree, main_edition
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """GET shows the door; POST begins (or finds the open one) and leads to its overview."""
    viewer = viewer_of(request, Person)
    edition = main_edition()
    if edition is None:
        return render(request, "assessment/start.html", {"nav": "assess", "edition": None})
    if request.method == "POST":
        response = begin(instrument_for(edition, SHORT_SELF, by=viewer), by=viewer)
        return redirect("assessment:overview", uid=response.uid)
    going = open_response(viewer)
    # What was begun on an earlier edition goes on with that one's themes.
    tree = edition_tree(going.instrument.edition if going else edition)
    context = {
        "nav": "assess",
        "edition": edition,
        "tree": tree,
        "theme_count": len(tree.themes),
        "going": going,
        "answered": going.ratings.count() if going else 0,
        "others": [for_reader(one) for one in shipped().values() if has_own_door(one)],
        "past": own_ladders(viewer).filter(finished_at__isnull=False).order_by("-wave"),
    }
    return render(request, "assessment/start.html", context)
