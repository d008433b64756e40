"""The door of a rater: who asks, how it is protected, begin, or rather not. Looking at it uses nothing up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from trellis.assessment.access import rater_of_browser, rater_of_link
from trellis.assessment.answering import refuse
from trellis.assessment.browsers import Holder, hold, holder
from trellis.assessment.links import read_link
from trellis.assessment.models import Rater, RaterState, ThreeSixty
from trellis.assessment.relations import NAMED_AS
from trellis.assessment.sealed import new_secret
from trellis.assessment.three_sixty_queries import definition_of, minutes_for, named_kinds, theme_count
from trellis.assessment.views.three_sixty.for_raters import for_raters, over, page, speak_to, takes_answers
from trellis.measure.panel import THRESHOLD


@for_raters
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, link: str) -> HttpResponse:
    """GET shows the door; POST lets this browser stand for the rater, and leads to the questions."""
    found = _rater(request, link)
    if isinstance(found, HttpResponse):
        return found
    rater, three_sixty = found, found.three_sixty
    held = holder(request, three_sixty.uid)
    is_theirs = held is not None and held.rater == rater.uid
    if request.method == "POST":
        response = redirect("assessment:answer-form", uid=three_sixty.uid, number=1)
        if not is_theirs:
            hold(response, three_sixty, Holder(rater.uid, new_secret()))
        return response
    context = {
        "subject": three_sixty.round.subject,
        "last_day": three_sixty.round.closes_on,
        "link": link,
        "named_as": NAMED_AS[rater.relation] if rater.relation in named_kinds(three_sixty) else "",
        "minutes": minutes_for(theme_count(three_sixty), definition_of(three_sixty)),
        "begun": is_theirs,
        "others": THRESHOLD - 1,
    }
    return page(request, "door", context)


@for_raters
@require_http_methods(["GET", "POST"])
def answer_refuse(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether somebody would rather not, and take no for an answer."""
    found = _rater(request, link)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        refuse(found)
        return page(request, "refused", {"subject": found.three_sixty.round.subject, "done": True})
    return page(request, "refused", {"subject": found.three_sixty.round.subject, "link": link})


def _rater(request: HttpRequest, link: str) -> Rater | HttpResponse:
    """Return whose link it is, or the page that says why it leads nowhere."""
    try:
        read = read_link(link)
    except ValueError:
        return over(request, "forged", status=404)
    three_sixty = (
        ThreeSixty.objects.filter(uid=read.three_sixty)
        .select_related("round__instrument__edition__framework", "round__subject")
        .first()
    )
    if three_sixty is None or not takes_answers(three_sixty):
        return over(request, "closed")
    rater = rater_of_link(three_sixty, read.token)
    if rater is None:
        return _used(request, three_sixty)
    rater.three_sixty = three_sixty
    speak_to(request, rater)
    return rater


def _used(request: HttpRequest, three_sixty: ThreeSixty) -> HttpResponse:
    """A used link leads on in the browser that used it, and nowhere in any other."""
    held = holder(request, three_sixty.uid)
    rater = rater_of_browser(three_sixty, held.rater) if held else None
    if rater is not None and rater.state == RaterState.ANSWERED:
        return redirect("assessment:answer-thanks", uid=three_sixty.uid)
    return over(request, "used")
