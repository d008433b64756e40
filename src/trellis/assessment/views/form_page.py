"""One page of a form: all its questions at once, saved together; what is left open is said, and may be passed over."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from trellis.assessment.access import own_forms
from trellis.assessment.actions import answer_page
from trellis.assessment.filled import filled, left_on, questions_left
from trellis.assessment.form import REMARK_LIMIT, Form, read_page, read_remarks
from trellis.assessment.instruments import for_reader
from trellis.assessment.models import Response
from trellis.assessment.queries import answers_of, form_for
from trellis.assessment.sequence import minutes_left, progress_bar
from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def form_page(request: HttpRequest, uid: UUID, page: str) -> HttpResponse:
    """GET shows the page; POST stores what was picked, then leads on, or back here when something is left open."""
    viewer = viewer_of(request, Person)
    response = get_object_or_404(own_forms(viewer).select_related("instrument__edition__framework"), uid=uid)
    form = form_for(response)
    place = next((place for place, each in enumerate(form.pages) if each.code == page), None)
    if place is None:
        raise Http404
    if request.method == "POST":
        return _store(request, viewer, response, form, place)
    if response.finished_at is not None:
        return redirect("assessment:form-overview", uid=uid)
    return _show(request, response, form, place)


def _store(request: HttpRequest, viewer: Person, response: Response, form: Form, place: int) -> HttpResponse:
    page = form.pages[place]
    try:
        answer_page(
            response,
            read_page(page, request.POST),
            read_remarks(form, request.POST),
            answered_at=clock.now(),
            by=viewer,
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("assessment:form-overview", uid=response.uid)
    if "skip" not in request.POST and left_on(page, answers_of(response)):
        return redirect(f"{_address(response, page.code)}?left=1")
    return redirect(_after(response, form, place))


def _address(response: Response, code: str) -> str:
    return reverse("assessment:form-page", kwargs={"uid": response.uid, "page": code})


def _after(response: Response, form: Form, place: int) -> str:
    if place + 1 == len(form.pages):
        return reverse("assessment:form-overview", kwargs={"uid": response.uid})
    return _address(response, form.pages[place + 1].code)


def _show(request: HttpRequest, response: Response, form: Form, place: int) -> HttpResponse:
    page, answers = form.pages[place], answers_of(response)
    lefts = [left_on(each, answers) for each in form.pages]
    written = dict(response.remarks.values_list("item", "text"))
    definition = for_reader(response.instrument.definition)
    is_last = place + 1 == len(form.pages)
    blocks = filled(page, answers)
    context = {
        "response": response,
        "instrument": definition,
        "page": page,
        "blocks": blocks,
        "first_open": next((block.id for block in blocks if block.left), ""),
        "mark_open": "left" in request.GET and lefts[place] > 0,
        "left": lefts[place],
        "place": place + 1,
        "page_count": len(form.pages),
        "before": form.pages[place - 1].code if place else "",
        "segments": progress_bar(
            [(len(each.blocks), len(each.blocks) - left) for each, left in zip(form.pages, lefts, strict=True)]
        ),
        "minutes": minutes_left(
            sum(questions_left(each, answers) for each in form.pages), definition["seconds_per_question"]
        ),
        "remarks": [(code, text, written.get(code, "")) for code, text in form.remarks] if is_last else [],
        "remark_limit": REMARK_LIMIT,
    }
    return render(request, "assessment/form_page.html", context)
