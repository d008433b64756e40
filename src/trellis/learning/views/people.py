"""Who comes to a session: marking who came, and what people need."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import people_panels
from trellis.core.viewer import viewer_of
from trellis.learning.access import visible_sign_ups
from trellis.learning.attendance_actions import mark_attendance
from trellis.learning.looking import look_at_needs
from trellis.learning.models import Session, SignUpStatus
from trellis.learning.queries import care_of, people_of_session
from trellis.learning.views.running import of_a_session_i_run
from trellis.people.models import Person

MARKS = {"came": True, "not": False, "open": None}


@require_http_methods(["GET", "POST"])
@of_a_session_i_run
def people(request: HttpRequest, session: Session) -> HttpResponse:
    """List who has a seat, who waits and who came without one; take the marks."""
    viewer = viewer_of(request, Person)
    shown = people_of_session(visible_sign_ups(viewer), session)
    if request.method == "POST":
        marks = {one.pk: MARKS[said] for one in shown if (said := request.POST.get(f"mark-{one.uid}", "")) in MARKS}
        try:
            count = mark_attendance(session, marks, by=viewer)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said = ngettext("Saved: %(count)s mark changed.", "Saved: %(count)s marks changed.", count)
            messages.success(request, said % {"count": count})
        return redirect("learning:people", uid=session.uid)
    needs, children = care_of(session)
    context = {
        "nav": "arrange",
        "session": session,
        "people": shown,
        "came": sum(one.came is True for one in shown),
        "unmarked": sum(one.came is None for one in shown),
        "needs": needs,
        "children": children,
        "may_mark": session.can_be_marked,
        "panels": panel_blocks(people_panels, request, session.uid),
    }
    return render(request, "learning/arrange/people.html", context)


@require_safe
@of_a_session_i_run
def needs(request: HttpRequest, session: Session) -> HttpResponse:
    """Show what people need, by name; each of them can see that the viewer looked."""
    viewer = viewer_of(request, Person)
    shown = [one for one in people_of_session(visible_sign_ups(viewer), session) if one.needs or one.children]
    look_at_needs([one.person for one in shown], by=viewer)
    context = {
        "nav": "arrange",
        "session": session,
        "people": shown,
        "children": sum(one.children for one in shown if one.status != SignUpStatus.WAITING),
    }
    return render(request, "learning/arrange/needs.html", context)
