"""Whom to ask: the list so far with what would be shown, somebody known by name, somebody outside by e-mail."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.assessment.access import own_three_sixties
from trellis.assessment.models import ThreeSixty, ThreeSixtyState
from trellis.assessment.nominating import MOST_RATERS, name_address, name_person, remove_rater
from trellis.assessment.three_sixty_forms import AddressForm, PersonForm
from trellis.assessment.three_sixty_queries import INVITE, domains_of, kinds_in, shows_something
from trellis.core.viewer import viewer_of
from trellis.measure.panel import THRESHOLD
from trellis.people.access import known_people
from trellis.people.models import Person
from trellis.people.queries import named_like

FOUND = 12


@login_required
@require_GET
def people(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the list, and who is found by the name in `q`."""
    return show(request, _choosing(request, uid))


@login_required
@require_POST
def add_person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put somebody known on the list."""
    viewer, found = viewer_of(request, Person), _choosing(request, uid)
    form = PersonForm(request.POST, auto_id="person-%s")
    if form.is_valid():
        person = get_object_or_404(known_people(viewer).exclude(email=None), uid=form.cleaned_data.pop("person"))
        try:
            name_person(found, person, by=viewer, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _added(request, found)
    return show(request, found, person_form=form, status=422)


@login_required
@require_POST
def add_address(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put somebody outside on the list."""
    viewer, found = viewer_of(request, Person), _choosing(request, uid)
    form = AddressForm(request.POST, auto_id="address-%s")
    if form.is_valid():
        try:
            name_address(found, by=viewer, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _added(request, found)
    return show(request, found, address_form=form, status=422)


@login_required
@require_POST
def remove_person(request: HttpRequest, uid: UUID, rater: UUID) -> HttpResponse:
    """Take somebody off the list."""
    found = _choosing(request, uid)
    remove_rater(found, rater, by=viewer_of(request, Person))
    messages.success(request, _("Taken off the list."))
    return redirect("assessment:three-sixty-people", uid=uid)


def _choosing(request: HttpRequest, uid: UUID) -> ThreeSixty:
    viewer = viewer_of(request, Person)
    return get_object_or_404(own_three_sixties(viewer).filter(state=ThreeSixtyState.CHOOSING), uid=uid)


def _added(request: HttpRequest, found: ThreeSixty) -> HttpResponse:
    # No name: what a message holds lies in the session until it is read.
    messages.success(request, _("On the list."))
    return redirect("assessment:three-sixty-people", uid=found.uid)


def show(
    request: HttpRequest,
    found: ThreeSixty,
    *,
    person_form: forms.Form | None = None,
    address_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page, with the form that was refused if there is one."""
    viewer = viewer_of(request, Person)
    words = request.POST.get("q", request.GET.get("q", "")).strip()[:80]
    raters = list(found.raters.all())
    language = {"language": (get_language() or "en")[:2]}
    context: dict[str, Any] = {
        "nav": "three-sixty",
        "found": found,
        "domains": domains_of(found),
        "kinds": kinds_in(found, raters),
        "count": len(raters),
        "most": MOST_RATERS,
        "shows": shows_something(found, raters),
        "words": words,
        "known": named_like(known_people(viewer).exclude(email=None), words, most=FOUND) if words else [],
        "person_form": person_form or PersonForm(initial=language, auto_id="person-%s"),
        "address_form": address_form or AddressForm(initial=language, auto_id="address-%s"),
        "flagged": [rater for rater in raters if rater.is_employer_address],
        "threshold": THRESHOLD,
        "invite": INVITE,
    }
    return render(request, "assessment/three_sixty/people.html", context, status=status)
