"""Before or after a session: a few answers on one page, for who has a place in it, changed until the time is over."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.assessment.filled import filled
from trellis.assessment.form import REMARK_LIMIT, read_page, read_remarks
from trellis.assessment.models import Moment
from trellis.core.viewer import viewer_of
from trellis.growth.evaluation_access import asking_sessions
from trellis.growth.evaluation_actions import answer_evaluation
from trellis.growth.evaluation_queries import Asked, asked_of_person
from trellis.growth.evaluation_rules import LEAST_REMARKS, span_of
from trellis.growth.session_steps import steps_after
from trellis.learning.models import Session
from trellis.learning.when import moment_of
from trellis.measure.disclosure import THRESHOLD
from trellis.people.models import Person

_FORM, _THANKS = "growth/evaluation/form.html", "growth/evaluation/thanks.html"


@login_required
@require_http_methods(["GET", "POST"])
def evaluation(request: HttpRequest, uid: UUID, moment: Moment) -> HttpResponse:
    """GET shows the questions, or with `saved` the thanks; POST stores what was answered."""
    viewer = viewer_of(request, Person)
    sessions = asking_sessions(viewer, moment).select_related("offering", "unit")
    session = get_object_or_404(sessions, uid=uid)
    asked = asked_of_person(session, moment, viewer)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _store(request, viewer, session, moment, asked)
    template = _THANKS if "saved" in request.GET and asked.answers else _FORM
    context = _context(session, moment, asked)
    if template == _THANKS and moment == Moment.AFTER:
        context["goes_on"] = steps_after(viewer, session.uid)
    return render(request, template, context)


def _store(request: HttpRequest, viewer: Person, session: Session, moment: Moment, asked: Asked) -> HttpResponse:
    answers = {point: value for page in asked.form.pages for point, value in read_page(page, request.POST).items()}
    try:
        answer_evaluation(session, moment, answers, read_remarks(asked.form, request.POST), by=viewer)
    except ValidationError as refusal:
        context = _context(session, moment, asked) | {"error": refusal.messages[0]}
        return render(request, _FORM, context, status=422)
    return redirect(f"{request.path}?saved=1")


def _context(session: Session, moment: Moment, asked: Asked) -> dict[str, object]:
    questions = asked.form.questions
    return {
        "session": session,
        "moment": moment,
        "is_after": moment == Moment.AFTER,
        "pages": [(page, filled(page, asked.answers)) for page in asked.form.pages],
        "minutes": max(1, -(-len(questions) * asked.seconds // 60)),
        "remarks": [(code, text, asked.remarks.get(code, "")) for code, text in asked.form.remarks],
        "remark_limit": REMARK_LIMIT,
        "least": THRESHOLD,
        "least_remarks": LEAST_REMARKS,
        "until": moment_of(span_of(session, moment)[1], session.zone),
    }
