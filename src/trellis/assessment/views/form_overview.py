"""All pages of one form: what is answered, what is left, finish; once finished, the answers to read."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.assessment.access import own_forms
from trellis.assessment.actions import finish
from trellis.assessment.filled import left_on, questions_left, told
from trellis.assessment.form import Block, Page
from trellis.assessment.instruments import for_reader, has_own_door
from trellis.assessment.queries import answers_of, form_for
from trellis.assessment.sequence import minutes_left, progress_bar
from trellis.core.viewer import viewer_of
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page with how many of its blocks are done; `told` holds the answers in words, once they are finished."""

    page: Page
    done: int
    told: list[tuple[Block, list[tuple[str, str]]]]

    @property
    def whole(self) -> int:
        """How many blocks it has."""
        return len(self.page.blocks)


@login_required
@require_GET
def form_overview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the way so far; a finished form is shown with its answers, and cannot be changed."""
    viewer = viewer_of(request, Person)
    response = get_object_or_404(own_forms(viewer).select_related("instrument__edition__framework"), uid=uid)
    form, answers = form_for(response), answers_of(response)
    is_finished = response.finished_at is not None
    lines = [
        PageLine(page, len(page.blocks) - left_on(page, answers), told(page, answers) if is_finished else [])
        for page in form.pages
    ]
    definition = for_reader(response.instrument.definition)
    questions = dict(form.remarks)
    context = {
        "nav": "assess",
        "response": response,
        "instrument": definition,
        "lines": lines,
        "done": sum(line.done for line in lines),
        "whole": sum(line.whole for line in lines),
        "is_begun": bool(answers),
        "next": next((line.page for line in lines if line.done < line.whole), None),
        "segments": progress_bar([(line.whole, line.done) for line in lines]),
        "minutes": minutes_left(
            sum(questions_left(page, answers) for page in form.pages), definition["seconds_per_question"]
        ),
        "remarks": [
            (questions[remark.item], remark.text)
            for remark in (response.remarks.all() if is_finished else ())
            if remark.item in questions
        ],
        "can_add": definition.get("of") == "chosen" and has_own_door(definition),
        "after": resolve_url(settings.TRELLIS_AFTER_ASSESSMENT),
    }
    return render(request, "assessment/form_overview.html", context)


@login_required
@require_POST
def finish_form(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Finish, and show the answers as they stay."""
    viewer = viewer_of(request, Person)
    response = get_object_or_404(own_forms(viewer), uid=uid)
    try:
        finish(response, by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Finished. Your answers stay as they are."))
    return redirect("assessment:form-overview", uid=uid)
