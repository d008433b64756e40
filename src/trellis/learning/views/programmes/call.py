"""One call: what the program is, what is asked and looked for; and beginning to apply."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.learning.application_actions import begin_application
from trellis.learning.attendance_rule import Rule, rule_said
from trellis.learning.developed import developed
from trellis.learning.models import ApplicationStatus, Programme
from trellis.learning.programme_access import open_calls, own_applications, visible_calls
from trellis.learning.programme_queries import endorsers_of
from trellis.learning.views.programmes.acting import attempt
from trellis.people.models import Person


@login_required
@require_GET
def call(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a call that is open to the viewer, or in which they have applied."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(visible_calls(viewer), uid=uid)
    programme = found.programme
    own = own_applications(viewer).filter(call=found).exclude(status=ApplicationStatus.WITHDRAWN).first()
    context = {
        "nav": "programmes",
        "call": found,
        "programme": programme,
        "developed": developed(main_tree(), programme.cells.all()),
        "roles": programme.roles.all(),
        "rule": said_rule(programme),
        "questions": found.questions.all(),
        "criteria": found.criteria.all(),
        "own": own,
        "endorsers": [unit for _person, unit in endorsers_of(viewer)][:1] if found.needs_endorsement else [],
    }
    return render(request, "learning/programmes/call.html", context)


@login_required
@require_POST
def call_apply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin an application, or go on with the one there is."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(open_calls(viewer), uid=uid)
    if not attempt(request, lambda: begin_application(found, by=viewer)):
        return redirect("programmes:home")
    own = get_object_or_404(own_applications(viewer), call=found)
    if own.status == ApplicationStatus.SENT:
        return redirect("programmes:application", uid=own.uid)
    return redirect("programmes:question", uid=own.uid, number=1)


def said_rule(programme: Programme) -> str:
    """Return the attendance rule of a programme in words."""
    return rule_said(Rule(programme.attend_least, programme.sessions_planned, programme.attend_first))
