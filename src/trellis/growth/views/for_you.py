"""For you: the offerings that fit the viewer, each with its reasons; what is not for them goes, and can come back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.for_you_actions import pass_over, take_back
from trellis.growth.for_you_queries import for_you, passed_over, with_words
from trellis.learning.models import Offering, OfferingStatus
from trellis.people.models import Person

_MOST = 12


@login_required
@require_GET
def for_you_page(request: HttpRequest) -> HttpResponse:
    """Show what fits the viewer, best first, with the reasons; and what they have passed over."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    passed = passed_over(viewer)
    found = for_you(viewer, tree, most=_MOST, passed={one.pk for one in passed}) if tree else None
    context = {
        "nav": "learn",
        "found": found,
        "picks": with_words(found, tree) if found and tree else [],
        "passed": passed,
    }
    return render(request, "growth/for_you/page.html", context)


@login_required
@require_POST
def not_for_me(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Pass an offering over, or with `back` show it again."""
    viewer = viewer_of(request, Person)
    offering = get_object_or_404(Offering.objects.filter(status=OfferingStatus.LISTED), uid=uid)
    if "back" in request.POST:
        take_back(offering, by=viewer)
        messages.success(request, _("“%(title)s” may be suggested again.") % {"title": offering.title})
    else:
        pass_over(offering, by=viewer)
        messages.success(
            request,
            _("“%(title)s” is not suggested any more. At the end of this page you can bring it back.")
            % {"title": offering.title},
        )
    return redirect("growth:for-you")
