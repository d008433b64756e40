"""My application: where it stands, what I wrote, what my local said; sending it, and taking it back."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.learning.application_actions import may_withdraw, send_application, withdraw_application
from trellis.learning.application_state import state_of
from trellis.learning.models import ApplicationStatus
from trellis.learning.programme_access import own_applications
from trellis.learning.programme_queries import endorsers_of
from trellis.learning.views.programmes.acting import attempt
from trellis.people.models import Person


@login_required
@require_GET
def application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one of the viewer's own applications."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_applications(viewer), uid=uid)
    texts = dict(found.answers.values_list("question_id", "text"))
    offer = found.offers.order_by("-made_at").first()
    said = list(found.endorsements.select_related("unit"))
    questions = [(one, texts.get(one.pk, "")) for one in found.call.questions.all()]
    missing = [number for number, (_question, text) in enumerate(questions, 1) if not text]
    waits = found.call.needs_endorsement and found.status == ApplicationStatus.SENT and not said
    context = {
        "nav": "programmes",
        "application": found,
        "call": found.call,
        "programme": found.call.programme,
        "state": state_of(found, offer),
        "offer": offer,
        "questions": questions,
        "missing": missing,
        "endorsements": said,
        "endorsers": list(dict.fromkeys(unit for _person, unit in endorsers_of(viewer))) if waits else [],
        "waits": waits,
        "may_change": found.call.takes_applications and found.status != ApplicationStatus.WITHDRAWN,
        "may_withdraw": may_withdraw(found),
    }
    return render(request, "learning/programmes/application.html", context)


@login_required
@require_POST
def application_send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send it in."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_applications(viewer), uid=uid)
    attempt(request, lambda: send_application(found, by=viewer), done=_("Sent. You see here what becomes of it."))
    return redirect("programmes:application", uid=uid)


@login_required
@require_http_methods(["GET", "POST"])
def application_withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether to take it back, and do it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_applications(viewer).exclude(status=ApplicationStatus.WITHDRAWN), uid=uid)
    if request.method == "POST":
        done = _("Taken back. What you wrote is deleted.")
        attempt(request, lambda: withdraw_application(found, by=viewer), done=done)
        return redirect("programmes:home")
    if not may_withdraw(found):
        return redirect("programmes:application", uid=uid)
    return render(
        request,
        "learning/programmes/application_withdraw.html",
        {"nav": "programmes", "application": found, "programme": found.call.programme},
    )
