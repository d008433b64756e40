"""One import: how far it is, what it would do, and what it did; it is run, carried on or given up here."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.exchange.models import ImportState, PeopleImport
from trellis.exchange.people.access import own_imports
from trellis.exchange.people.actions import agree, cancel_import, say
from trellis.exchange.people.forms import WordsForm
from trellis.exchange.people.shown import shown_import
from trellis.exchange.people.work import after_answer, seems_dead, start
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an import of the viewer's; the part that changes while it works can be asked for by itself."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_imports(viewer), uid=uid)
    words = WordsForm(
        request.POST if "answer" in request.POST else None,
        ambiguous=found.read.get("ambiguous", ""),
        states=found.read.get("states", ()),
    )
    if request.method == "POST":
        return _post(request, viewer, found, words)
    template = "exchange/people/page.html"
    if request.htmx:  # type: ignore[attr-defined]
        template += "#live"
    context = {"found": found, "words": words, "is_dead": seems_dead(found), **shown_import(found)}
    return render(request, template, context)


def _post(request: HttpRequest, viewer: Person, found: PeopleImport, words: WordsForm) -> HttpResponse:
    try:
        if "cancel" in request.POST:
            cancel_import(found, by=viewer)
            messages.info(request, _("Nothing was stored, and the file is deleted."))
            return redirect("members:import")
        if "run" in request.POST:
            _run(request, viewer, found)
        elif "resume" in request.POST and seems_dead(found):
            start(found)
        elif "answer" in request.POST and found.state == ImportState.PLANNED and words.is_valid():
            say(found, by=viewer, **words.answers())
            after_answer(found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("members:page", uid=found.uid)


def _run(request: HttpRequest, viewer: Person, found: PeopleImport) -> None:
    if shown_import(found)["leaves_many"] and "sure" not in request.POST:
        messages.error(request, _("Say first that these people have really left."))
    elif agree(found, request.POST["run"], by=viewer):
        start(found)
    else:
        messages.warning(request, _("This is not the plan that you saw: look at it again."))
