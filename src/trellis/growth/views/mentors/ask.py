"""One mentor and the ask to them; taking an ask back; putting a suggestion aside."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.asking_actions import ask_mentor, take_ask_back
from trellis.growth.matching_queries import search_of
from trellis.growth.mentor_access import own_asks, own_mentorships, own_suggestions, visible_offers
from trellis.growth.mentor_forms import AskForm
from trellis.growth.mentor_queries import cards, why_fit
from trellis.growth.models import OPEN_ASKS
from trellis.growth.suggesting_actions import put_aside
from trellis.growth.views.mentors.posted import posted
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def mentor(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an offer in words, and ask."""
    viewer, tree = viewer_of(request, Person), main_tree()
    offer = get_object_or_404(visible_offers(viewer).with_places(), uid=uid)
    if tree is None:
        raise Http404
    search = search_of(tree, viewer)
    facts = why_fit(tree, viewer, search, offer)
    names = [(code, tree.theme_by_code[code].short) for code in offer.themes if code in tree.theme_by_code]
    form = AskForm(posted(request), themes=names, initial={"themes": list(facts.themes)})
    if request.method == "POST" and form.is_valid():
        try:
            ask_mentor(offer, themes=form.cleaned_data["themes"], sentence=form.cleaned_data["sentence"], by=viewer)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. They have three weeks to answer, and we tell you by mail."))
            return redirect("growth:mentors")
    context = {
        "nav": "mentors",
        "offer": offer,
        "card": cards(tree, [(offer, facts)])[0],
        "form": form,
        "asked": own_asks(viewer).filter(mentor=offer.person, state__in=OPEN_ASKS).first(),
        "mentorship": own_mentorships(viewer).running().filter(mentor=offer.person).first(),
    }
    return render(request, "growth/mentors/mentor.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def mentor_ask_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one's own ask back."""
    viewer = viewer_of(request, Person)
    take_ask_back(get_object_or_404(own_asks(viewer), uid=uid), by=viewer)
    messages.success(request, _("Taken back."))
    return redirect("growth:mentors")


@login_required
@require_POST
def mentor_put_aside(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a suggestion aside; nobody is told."""
    viewer = viewer_of(request, Person)
    put_aside(get_object_or_404(own_suggestions(viewer), uid=uid), by=viewer)
    messages.success(request, _("Put aside. Nobody is told."))
    return redirect("growth:mentors")
