"""The phone's side of a readiness meeting: no account, no session, no name; only the code on the wall."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from trellis.assessment.filled import filled, left_on
from trellis.assessment.form import Form, Page, Point, read_page
from trellis.assessment.meeting_code import read_code
from trellis.assessment.meeting_guard import may_try, note_wrong_code
from trellis.assessment.models import ReadinessMeeting, Response
from trellis.assessment.queries import answers_of
from trellis.assessment.readiness_actions import answer_readiness, join
from trellis.assessment.readiness_forms import CodeForm
from trellis.assessment.readiness_queries import LASTS, can_join, form_of_meeting, meeting_by_code
from trellis.assessment.sequence import minutes_left
from trellis.people.language import remember_language

ParamsT = ParamSpec("ParamsT")
View = Callable[Concatenate[HttpRequest, ParamsT], HttpResponse]
_COOKIE = "readiness"
_SALT = "trellis.assessment.meeting_join"


def without_account(view: View[ParamsT]) -> View[ParamsT]:
    """Treat everybody as a stranger, even who is signed in, without a look at the session; `?lang=` sets a language."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: ParamsT.args, **kwargs: ParamsT.kwargs) -> HttpResponse:
        request.user = AnonymousUser()
        language = request.GET.get("lang")
        if request.method == "GET" and language in dict(settings.LANGUAGES):
            answer: HttpResponse = redirect(request.path)
            remember_language(answer, language)
            return answer
        return view(request, *args, **kwargs)

    return never_cache(checked)


@require_http_methods(["GET", "POST"])
@without_account
def join_page(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a right one leads on."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not may_try(request):
            return _ask(request, form, _too_many(), 429)
        if meeting_by_code(form.cleaned_data["code"]) is not None:
            return redirect("assessment:join-meeting", code=form.cleaned_data["code"])
        note_wrong_code(request)
        return _ask(request, form, _wrong(), 422)
    return _ask(request, form, "", 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@without_account
def join_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Say what this is and that nobody can see who answers; POST takes the phone in, once."""
    meeting, refused = _meeting(request, code)
    if meeting is None:
        return refused
    going = _own(request, meeting)
    form = form_of_meeting(meeting)
    if request.method == "POST":
        if going is not None:
            return redirect(_page_of(meeting, _first_left(form, answers_of(going))))
        try:
            uid = join(meeting)
        except ValidationError as refusal:
            return _ask(request, CodeForm(), refusal.messages[0], 409)
        answer: HttpResponse = redirect(_page_of(meeting, form.pages[0]))
        answer.set_signed_cookie(
            _COOKIE,
            str(uid),
            salt=_SALT + meeting.code,
            max_age=LASTS,
            path=reverse("assessment:join-meeting", kwargs={"code": meeting.code}),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return answer
    seconds = meeting.round.instrument.definition["seconds_per_question"]
    context = {
        "meeting": meeting,
        "unit": meeting.round.unit,
        "going": going,
        "questions": len(form.questions),
        "minutes": minutes_left(len(form.questions), seconds),
        "minimum": settings.TRELLIS_TEAM_MINIMUM,
    }
    return render(request, "assessment/readiness/welcome.html", context)


@require_http_methods(["GET", "POST"])
@without_account
def join_group(request: HttpRequest, code: str, group: str) -> HttpResponse:
    """GET shows a group's questions; POST stores what was answered, and leads on when nothing is left open."""
    meeting, refused = _meeting(request, code)
    if meeting is None:
        return refused
    form = form_of_meeting(meeting)
    page = next((page for page in form.pages if page.code == group), None)
    if page is None:
        raise Http404
    own = _own(request, meeting)
    if own is None:
        return redirect("assessment:join-meeting", code=meeting.code)
    answers = answers_of(own)
    mark_open = False
    if request.method == "POST":
        given = read_page(page, request.POST)
        try:
            answer_readiness(meeting, own.uid, given)
        except ValidationError:
            return _closed(request, meeting)
        answers |= given
        mark_open = bool(left_on(page, answers))
        if not mark_open:
            return redirect(_after(meeting, form, page, answers))
    return _show(request, meeting, form, page, answers, mark_open=mark_open)


@require_GET
@without_account
def join_done(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it is all in, and lead back to each group for as long as answers may change."""
    meeting, refused = _meeting(request, code)
    if meeting is None:
        return refused
    own = _own(request, meeting)
    if own is None:
        return redirect("assessment:join-meeting", code=meeting.code)
    form, answers = form_of_meeting(meeting), answers_of(own)
    context = {
        "meeting": meeting,
        "unit": meeting.round.unit,
        "pages": [(page, left_on(page, answers)) for page in form.pages],
        "left": sum(left_on(page, answers) for page in form.pages),
    }
    return render(request, "assessment/readiness/done.html", context)


def _show(
    request: HttpRequest,
    meeting: ReadinessMeeting,
    form: Form,
    page: Page,
    answers: dict[Point, int | None],
    *,
    mark_open: bool,
) -> HttpResponse:
    place, blocks = form.pages.index(page), filled(page, answers)
    context = {
        "meeting": meeting,
        "page": page,
        "question": form.question,
        "blocks": blocks,
        "first_open": next((block.id for block in blocks if block.left), ""),
        "mark_open": mark_open,
        "left": left_on(page, answers),
        "place": place + 1,
        "segments": [(page_, not left_on(page_, answers)) for page_ in form.pages],
        "whole": len(form.pages),
        "before": form.pages[place - 1].code if place else "",
    }
    return render(request, "assessment/readiness/questions.html", context, status=422 if mark_open else 200)


def _meeting(request: HttpRequest, code: str) -> tuple[ReadinessMeeting | None, HttpResponse]:
    """Return the meeting that can be joined by this code, or None and the page that says why not."""
    wanted = read_code(code)
    known = _COOKIE in request.COOKIES and _signed(request, wanted) is not None
    # A phone that has joined goes on, whoever else guesses on the same network.
    if not known and not may_try(request):
        return None, _ask(request, CodeForm(), _too_many(), 429)
    meeting = meeting_by_code(wanted)
    if meeting is None:
        note_wrong_code(request)
        return None, _ask(request, CodeForm(initial={"code": code[:12]}), _wrong(), 404)
    if not can_join(meeting):
        return None, _closed(request, meeting)
    if code != meeting.code:  # typed in small letters: the phone's cookie belongs to one spelling
        return None, redirect("assessment:join-meeting", code=meeting.code)
    return meeting, HttpResponse()


def _signed(request: HttpRequest, code: str) -> uuid.UUID | None:
    value = request.get_signed_cookie(_COOKIE, default=None, salt=_SALT + code, max_age=LASTS)
    return uuid.UUID(value) if value else None


def _own(request: HttpRequest, meeting: ReadinessMeeting) -> Response | None:
    """Return what this phone has answered, found by nothing but its own cookie."""
    uid = _signed(request, meeting.code)
    if uid is None:
        return None
    return Response.objects.filter(uid=uid, round=meeting.round, rater=None).first()


def _ask(request: HttpRequest, form: CodeForm, wrong: str, status: int) -> HttpResponse:
    return render(request, "assessment/readiness/join.html", {"form": form, "wrong": wrong}, status=status)


def _closed(request: HttpRequest, meeting: ReadinessMeeting) -> HttpResponse:
    status = 409 if request.method == "POST" else 200
    return render(request, "assessment/readiness/closed.html", {"meeting": meeting}, status=status)


def _first_left(form: Form, answers: dict[Point, int | None]) -> Page | None:
    return next((page for page in form.pages if left_on(page, answers)), None)


def _after(meeting: ReadinessMeeting, form: Form, page: Page, answers: dict[Point, int | None]) -> str:
    """The next group; after the last one what was left open before, or the end."""
    place = form.pages.index(page)
    onward = form.pages[place + 1] if place + 1 < len(form.pages) else _first_left(form, answers)
    return _page_of(meeting, onward)


def _page_of(meeting: ReadinessMeeting, page: Page | None) -> str:
    if page is None:
        return reverse("assessment:join-done", kwargs={"code": meeting.code})
    return reverse("assessment:join-group", kwargs={"code": meeting.code, "group": page.code})


def _wrong() -> str:
    return _("No meeting has this code now. Look at the screen again.")


def _too_many() -> str:
    return _("Too many wrong codes came from this network. Please wait ten minutes.")
