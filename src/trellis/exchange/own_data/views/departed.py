"""People who have left: those who keep the association's data find them here, and have them erased."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.core.viewer import viewer_of
from trellis.exchange.models import ErasureRequest
from trellis.exchange.own_data.access import departed_people, may_erase_others
from trellis.exchange.own_data.asking import WAIT, ask_erasure, take_back
from trellis.people.decorators import second_factor_of
from trellis.people.models import Person

_A_PAGE = 50
_LONGEST = 80


@login_required
@second_factor_of(may_erase_others)
@require_safe
def departed(request: HttpRequest) -> HttpResponse:
    """Show who was a member and is no more, the latest first, with a search by name or e-mail."""
    viewer = viewer_of(request, Person)
    if not may_erase_others(viewer):
        raise Http404
    words = request.GET.get("q", "").strip()[:_LONGEST]
    found = departed_people(viewer).annotate(left_on=Max("memberships__until")).select_related("erasure_request")
    for word in words.split():
        found = found.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word))
    pages = Paginator(found.order_by("-left_on", "pk"), _A_PAGE).get_page(request.GET.get("page"))
    context = {"nav": "departed", "pages": pages, "q": words, "days": WAIT.days}
    return render(request, "exchange/own_data/departed.html", context)


@login_required
@second_factor_of(may_erase_others)
@require_POST
def ask_for(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Have somebody erased who has left."""
    viewer = viewer_of(request, Person)
    person = get_object_or_404(departed_people(viewer), uid=uid)
    asked = ask_erasure(person, by=viewer)
    day = date_format(asked.due_on, "DATE_FORMAT")
    messages.success(request, _("Noted: %(name)s will be erased on %(day)s.") % {"name": person.name, "day": day})
    return redirect("own_data:departed")


@login_required
@second_factor_of(may_erase_others)
@require_POST
def take_back_for(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take back the erasure of somebody who has left, unless they asked for it themselves."""
    viewer = viewer_of(request, Person)
    requests = ErasureRequest.objects.filter(person__in=departed_people(viewer), asked_by__isnull=False)
    found = get_object_or_404(requests.select_related("person"), person__uid=uid)
    take_back(found, by=viewer)
    messages.success(request, _("Taken back. Nothing was erased."))
    return redirect("own_data:departed")
