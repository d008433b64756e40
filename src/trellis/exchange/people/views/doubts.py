"""Rows that may be somebody who is here already: side by side, for a person to say."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.exchange.people import duplicates
from trellis.exchange.people.access import open_imports
from trellis.exchange.people.actions import say
from trellis.exchange.people.forms import DoubtsForm
from trellis.exchange.people.work import after_answer
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def doubts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask about forty rows at a time."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(open_imports(viewer), uid=uid)
    form = DoubtsForm(request.POST or None, doubts=duplicates.doubts(found))
    if request.method == "POST" and form.is_valid():
        say(found, by=viewer, persons=form.answers())
        more = after_answer(found) and found.counts.get("asked") and form.answers()
        return redirect("members:doubts" if more else "members:page", uid=uid)
    context = {"found": found, "form": form, "asked": found.counts.get("asked", 0)}
    return render(request, "exchange/people/doubts.html", context, status=422 if form.errors else 200)
