"""The questions of a rater: a page for each domain, then a few words, then sent; saved at each page."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from trellis.assessment.access import rater_of_browser
from trellis.assessment.answering import save_letter
from trellis.assessment.browsers import holder, let_go
from trellis.assessment.filled import filled
from trellis.assessment.form import Form, Point, read_page, read_remarks
from trellis.assessment.models import Rater, RaterState, ThreeSixty
from trellis.assessment.sealed import find
from trellis.assessment.three_sixty_queries import domains_of, form_about, minutes_for, named_kinds
from trellis.assessment.views.three_sixty.for_raters import for_raters, over, page, speak_to, takes_answers
from trellis.core import sealing


@dataclass(frozen=True, slots=True)
class Answering:
    """A rater at work: their form in their own order of domains, and what their envelope holds so far."""

    three_sixty: ThreeSixty
    rater: Rater
    secret: str
    form: Form
    answers: Mapping[Point, int | None]
    remarks: Mapping[str, str]
    is_final: bool

    @property
    def is_named(self) -> bool:
        """Whether the answers are shown with the rater's name."""
        return self.rater.relation in named_kinds(self.three_sixty)

    def save(self, *, answers: Mapping[Point, int | None], remarks: Mapping[str, str], final: bool) -> None:
        """Seal what was given; raises ValidationError when it can no longer be taken."""
        save_letter(self.rater, self.secret, answers=answers, remarks=remarks, final=final)


@for_raters
@require_http_methods(["GET", "POST"])
def answer_form(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One page of questions; POST saves it (unless skipped) and leads on, or back."""
    at_work = _at_work(request, uid)
    if isinstance(at_work, HttpResponse):
        return at_work
    pages = at_work.form.pages
    if not 1 <= number <= len(pages):
        raise Http404
    asked = pages[number - 1]
    if request.method == "POST":
        if "skip" not in request.POST:
            try:
                at_work.save(answers=read_page(asked, request.POST), remarks={}, final=False)
            except ValidationError:
                return over(request, "closed")
        if "back" in request.POST:
            return redirect("assessment:answer-form", uid=uid, number=max(1, number - 1))
        if number == len(pages):
            return redirect("assessment:answer-words", uid=uid)
        return redirect("assessment:answer-form", uid=uid, number=number + 1)
    left = sum(question.point not in at_work.answers for later in pages[number - 1 :] for question in later.questions)
    context = _about(at_work) | {
        "asked": asked,
        "blocks": filled(asked, at_work.answers),
        "question": at_work.form.question,
        "number": number,
        "pages": len(pages),
        "minutes": minutes_for(left, at_work.three_sixty.round.instrument.definition),
    }
    return page(request, "form", context)


@for_raters
@require_http_methods(["GET", "POST"])
def answer_words(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The open questions, and the button that sends everything off."""
    at_work = _at_work(request, uid)
    if isinstance(at_work, HttpResponse):
        return at_work
    remarks, wrong = dict(at_work.remarks), ""
    if request.method == "POST":
        written = read_remarks(at_work.form, request.POST)
        remarks = {code: written.get(code, "") for code, _text in at_work.form.remarks}
        try:
            at_work.save(answers={}, remarks=remarks, final="back" not in request.POST)
        except ValidationError as error:
            wrong = error.messages[0]
        else:
            if "back" in request.POST:
                return redirect("assessment:answer-form", uid=uid, number=len(at_work.form.pages))
            return redirect("assessment:answer-thanks", uid=uid)
    context = _about(at_work) | {
        "words": [(code, text, remarks.get(code, "")) for code, text in at_work.form.remarks],
        "wrong": wrong,
        "answered": len(at_work.answers),
        "questions": len(at_work.form.questions),
    }
    return page(request, "words", context, status=422 if wrong else 200)


@for_raters
@require_http_methods(["GET"])
def answer_thanks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say thank you, and how to change the answers."""
    at_work = _at_work(request, uid)
    if isinstance(at_work, HttpResponse):
        return at_work
    if not at_work.is_final:
        return redirect("assessment:answer-form", uid=uid, number=1)
    return page(request, "thanks", _about(at_work))


@for_raters
@require_POST
def answer_forget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make this browser forget: a device may be shared."""
    if holder(request, uid) is None:
        return over(request, "stranger", status=404)
    response = over(request, "forgotten", status=200)
    let_go(response, uid)
    return response


def _about(at_work: Answering) -> dict[str, object]:
    return {
        "uid": at_work.three_sixty.uid,
        "subject": at_work.three_sixty.round.subject,
        "last_day": at_work.three_sixty.round.closes_on,
        "is_named": at_work.is_named,
        "is_final": at_work.is_final,
    }


def _at_work(request: HttpRequest, uid: UUID) -> Answering | HttpResponse:
    """Return the rater whom this browser stands for, or the page that says why there is none."""
    held = holder(request, uid)
    three_sixty = (
        ThreeSixty.objects.filter(uid=uid)
        .select_related("round__instrument__edition__framework", "round__subject")
        .first()
    )
    if three_sixty is None or held is None:
        return over(request, "stranger", status=404)
    if not takes_answers(three_sixty):
        return over(request, "closed")
    rater = rater_of_browser(three_sixty, held.rater)
    try:
        letter = find(three_sixty, held.secret) if rater else None
    except sealing.SealBrokenError:
        # The site's secret has changed: what was given cannot be read, and no more can be taken.
        return over(request, "closed")
    is_final = letter is not None and letter.is_final
    if rater is None or rater.state == RaterState.REFUSED or (rater.state == RaterState.ANSWERED and not is_final):
        return over(request, "used")
    speak_to(request, rater)
    return Answering(
        three_sixty,
        rater,
        held.secret,
        form_about(three_sixty, order=_order(three_sixty, held.secret)),
        letter.answers if letter else {},
        letter.remarks if letter else {},
        is_final,
    )


def _order(three_sixty: ThreeSixty, secret: str) -> list[str]:
    """Return the domains' codes in this rater's own order: by chance, and the same each time."""
    codes = [domain.code for domain in domains_of(three_sixty)]
    if three_sixty.round.instrument.definition["domains_shuffled"]:
        random.Random(sealing.digest(secret)).shuffle(codes)  # noqa: S311  (a fair order, not a secret)
    return codes
