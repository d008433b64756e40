"""Begin a closer look (the deep form) at themes of one's plan; what is open takes them up too."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from trellis.assessment.actions import begin, instrument_for
from trellis.assessment.instruments import DEEP_SELF
from trellis.core.viewer import viewer_of
from trellis.framework.queries import edition_tree, main_edition
from trellis.growth.access import own_goals
from trellis.people.models import Person


@login_required
@require_POST
def begin_closer_look(request: HttpRequest) -> HttpResponse:
    """Begin with the themes named, as far as they stand in the viewer's plan, and lead to the form."""
    viewer = viewer_of(request, Person)
    edition = main_edition()
    planned = own_goals(viewer).filter(theme_code__in=request.POST.getlist("theme"))
    codes = set(planned.values_list("theme_code", flat=True))
    if edition is None or not codes:
        raise Http404
    themes = [theme.code for theme in edition_tree(edition).themes if theme.code in codes]
    if not themes:
        raise Http404  # the edition of today has these themes no longer
    response = begin(instrument_for(edition, DEEP_SELF, by=viewer), by=viewer, themes=themes)
    return redirect("assessment:form-overview", uid=response.uid)
