"""Places that a list names and nobody knows: which unit each is, said once and remembered."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.exchange.people.access import open_imports
from trellis.exchange.people.actions import say
from trellis.exchange.people.forms import PlacesForm
from trellis.exchange.people.work import after_answer
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def places(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask about a hundred places at a time, those of most rows first; the next hundred come when these are said."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(open_imports(viewer), uid=uid)
    form = PlacesForm(request.POST or None, spellings=found.read.get("spellings", ()), scope=found.unit)
    if request.method == "POST" and form.is_valid():
        say(found, by=viewer, places=form.answers())
        if not after_answer(found):
            return redirect("members:page", uid=uid)
        if found.read["spellings"]:
            return redirect("members:places" if form.answers() else "members:page", uid=uid)
        messages.success(request, _("Every place is known now."))
        return redirect("members:page", uid=uid)
    context = {"found": found, "form": form}
    return render(request, "exchange/people/places.html", context, status=422 if form.errors else 200)
