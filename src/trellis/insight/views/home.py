"""The way in: the first unit that the viewer may see figures of."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.insight.access import insight_units
from trellis.insight.views.door import second_factor
from trellis.people.models import Person


@login_required
@require_GET
@second_factor
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the highest unit that the viewer may see; 404 for who may see none."""
    unit = insight_units(viewer_of(request, Person)).first()
    if unit is None:
        raise Http404
    return redirect("insight:stand", uid=unit.uid)
