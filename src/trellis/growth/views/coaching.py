"""My people, for a coach or mentor: what waits, and whom they look after; opening a file is a step of its own."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.growth.access import coaches_someone
from trellis.growth.coaching_queries import cards_of, coaching_of, people_in
from trellis.growth.mentor_access import matchable_units, mentors_someone
from trellis.growth.views.mentors.second_factor import second_factor_for_mentors
from trellis.people.models import Person

_A_PAGE = 30


@login_required
@require_GET
@second_factor_for_mentors
def coaching(request: HttpRequest) -> HttpResponse:
    """Show what waits and whom the viewer coaches or mentors; 404 for who does neither."""
    viewer = viewer_of(request, Person)
    if not coaches_someone(viewer) and not mentors_someone(viewer):
        raise Http404
    found = coaching_of(viewer)
    pages = Paginator(people_in(found), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "coaching",
        "waits": found.waits,
        "is_coach": coaches_someone(viewer),
        "matches": bool(matchable_units(viewer)),
        "people": cards_of(viewer, found, list(pages.object_list)),
        "pages": pages,
    }
    return render(request, "growth/coaching/people.html", context)
