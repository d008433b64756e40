"""My cohort: who else is in it, the next session, what is left; and what I let the others see."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.core import clock
from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import cohort_panels
from trellis.core.viewer import viewer_of
from trellis.learning.attendance_rule import rule_said
from trellis.learning.cohort_access import own_places
from trellis.learning.cohort_actions import change_sharing
from trellis.learning.cohort_progress import progress_of, rule_of, sessions_of
from trellis.learning.models import PlanSharing
from trellis.learning.views.programmes.acting import attempt
from trellis.learning.when import short
from trellis.people.models import Person


@login_required
@require_GET
def cohort(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a cohort to one of its members."""
    viewer = viewer_of(request, Person)
    place = get_object_or_404(own_places(viewer).select_related("mentor"), cohort__uid=uid)
    found = place.cohort
    sessions = sessions_of(found)
    [progress] = progress_of(found, [place], sessions)
    others = found.members.filter(left_on=None).exclude(pk=place.pk).select_related("person")
    named = sorted(one.person.given_name for one in others if one.shows_name and one.person.given_name)
    now = clock.now()
    context = {
        "nav": "programmes",
        "cohort": found,
        "programme": found.programme,
        "place": place,
        "sessions": [(one, short(one.session), one.session.ends_at <= now) for one in sessions],
        "next": next(((one, short(one.session)) for one in sessions if one.session.ends_at > now), None),
        "progress": progress,
        "attended": progress.attendance.said(to_self=True),
        "rule": rule_said(rule_of(found)),
        "named": named,
        "unnamed": len(others) - len(named),
        "sharings": PlanSharing.choices,
        "panels": panel_blocks(cohort_panels, request, found.uid),
    }
    return render(request, "learning/programmes/cohort.html", context)


@login_required
@require_POST
def cohort_sharing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Set what the others of the cohort see of the viewer."""
    viewer = viewer_of(request, Person)
    place = get_object_or_404(own_places(viewer), cohort__uid=uid)
    shows, plan = "shows_name" in request.POST, request.POST.get("shares_plan", "")
    done = _("Stored. It holds from now on.")
    attempt(request, lambda: change_sharing(place, shows_name=shows, shares_plan=plan, by=viewer), done=done)
    return redirect("programmes:cohort", uid=uid)
