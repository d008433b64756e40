"""An ask, as the mentor reads it: say yes, say no kindly, or talk first."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.asking_actions import accept_ask, decline_ask, propose_talk
from trellis.growth.matching_words import theme_names
from trellis.growth.mentor_access import asks_to_answer
from trellis.growth.mentor_forms import DeclineForm, TalkForm
from trellis.growth.models import MentorAsk
from trellis.growth.views.mentors.second_factor import second_factor_for_mentors
from trellis.people.models import Person
from trellis.people.nearness import home_units


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_for_mentors
def mentor_ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an ask that waits for the viewer; `do` is `accept`, `decline` or `talk`."""
    viewer, tree = viewer_of(request, Person), main_tree()
    ask = get_object_or_404(asks_to_answer(viewer), uid=uid)
    if tree is None:
        raise Http404
    do = request.POST.get("do", "")
    decline = DeclineForm(request.POST if do == "decline" else None)
    talk = TalkForm(request.POST if do == "talk" else None)
    answered = _answer(request, ask, do, decline, talk) if request.method == "POST" else None
    if answered is not None:
        return answered
    context = {
        "nav": "mentors",
        "ask": ask,
        "unit": home_units([ask.mentee_id]).get(ask.mentee_id),
        "themes": theme_names(tree, ask.themes),
        "decline": decline,
        "talk": talk,
    }
    wrong = bool(decline.errors or talk.errors) or request.method == "POST"
    return render(request, "growth/mentors/answer.html", context, status=422 if wrong else 200)


def _answer(request: HttpRequest, ask: MentorAsk, do: str, decline: DeclineForm, talk: TalkForm) -> HttpResponse | None:
    """Do what was chosen; None when something is missing, which then stands in the forms or the messages."""
    viewer = viewer_of(request, Person)
    try:
        if do == "accept":
            made = accept_ask(ask, by=viewer)
            messages.success(request, _("Wonderful. Now write down together what you agree."))
            return redirect("growth:mentorship", uid=made.uid)
        if do == "decline" and decline.is_valid():
            decline_ask(ask, reason=decline.cleaned_data["reason"], by=viewer)
            messages.success(request, _("Answered. They read your sentence."))
            return redirect("growth:mentors")
        if do == "talk" and talk.is_valid():
            propose_talk(ask, words=talk.cleaned_data["words"], by=viewer)
            messages.success(request, _("Sent. The ask waits three weeks more for your yes or no."))
            return redirect("growth:mentors")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return None
