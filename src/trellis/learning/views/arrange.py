"""Arranging: the sessions and the offerings of the units for which the viewer arranges today."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import catalogue_end_panels
from trellis.core.viewer import viewer_of
from trellis.framework.highlight import words_of
from trellis.learning.access import arranged_offerings, arranged_sessions, arranges
from trellis.learning.models import OfferingStatus
from trellis.learning.queries import unmarked, with_session_counts
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

PER_PAGE = 30


@login_required
@require_safe
@second_factor_required
def arrange(request: HttpRequest) -> HttpResponse:
    """List the sessions that come, those whose list is still to be marked, and the way to the offerings."""
    viewer = viewer_of(request, Person)
    if not arranges(viewer):
        raise Http404
    sessions = arranged_sessions(viewer).select_related("offering", "unit")
    show = request.GET.get("show", "")
    if show == "over":
        shown = sessions.over().with_counts()
    elif show == "cancelled":
        shown = sessions.filter(status="cancelled").order_by("-starts_at", "-pk").with_counts()
    else:
        show, shown = "coming", sessions.coming().with_counts()
    context = {
        "nav": "arrange",
        "show": show,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "to_mark": unmarked(sessions)[:5] if show == "coming" else (),
    }
    return render(request, "learning/arrange/sessions.html", context)


@login_required
@require_safe
@second_factor_required
def arranged(request: HttpRequest) -> HttpResponse:
    """List the offerings, by title, narrowed by words and by where they stand."""
    viewer = viewer_of(request, Person)
    if not arranges(viewer):
        raise Http404
    found = with_session_counts(arranged_offerings(viewer)).select_related("unit").order_by("title", "pk")
    status, question = request.GET.get("status", ""), request.GET.get("q", "")[:120]
    if status in OfferingStatus.values:
        found = found.filter(status=status)
    for word in words_of(question):
        found = found.filter(words__contains=word)
    context = {
        "nav": "arrange",
        "status": status,
        "statuses": OfferingStatus.choices,
        "question": question,
        "more": f"{urlencode({'q': question, 'status': status})}&",
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "panels": panel_blocks(catalogue_end_panels, request, viewer.uid),
    }
    return render(request, "learning/arrange/offerings.html", context)
