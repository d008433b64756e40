"""What all pages of raters have in common: no account, no session, their own language, nothing kept on the way."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from trellis.assessment.browsers import PATH
from trellis.assessment.models import Rater, ThreeSixty, ThreeSixtyState
from trellis.assessment.three_sixty_queries import is_past

ParamsT = ParamSpec("ParamsT")
View = Callable[Concatenate[HttpRequest, ParamsT], HttpResponse]
LANGUAGE_COOKIE = "trellis-answer-language"
_A_QUARTER = 90 * 24 * 3600


def for_raters(view: View[ParamsT]) -> View[ParamsT]:
    """Answer as to a stranger, whoever is signed in on this device: what a rater does must not lead to an account."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: ParamsT.args, **kwargs: ParamsT.kwargs) -> HttpResponse:
        request.user = AnonymousUser()
        # In the place of the session, which is so neither read nor written.
        request.session = {}  # type: ignore[assignment]
        chosen = chosen_language(request)
        with translation.override(chosen or translation.get_language()):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        if request.GET.get("lang") == chosen and chosen is not None:
            response.set_cookie(
                LANGUAGE_COOKIE,
                chosen,
                max_age=_A_QUARTER,
                path=PATH,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        response.headers["Cache-Control"] = "no-store"
        # The address holds the link, so it goes to nobody else; "no-referrer" would take the origin from our own
        # forms too, and Django would then refuse them.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answered


def chosen_language(request: HttpRequest) -> str | None:
    """Return the language that this browser has chosen, now or before, or None."""
    for found in (request.GET.get("lang"), request.COOKIES.get(LANGUAGE_COOKIE)):
        if found in dict(settings.LANGUAGES):
            return found
    return None


def speak_to(request: HttpRequest, rater: Rater) -> None:
    """Go on in the language in which the rater was asked, unless this browser has chosen one."""
    if chosen_language(request) is None:
        translation.activate(rater.language)


def takes_answers(three_sixty: ThreeSixty) -> bool:
    """Say whether a 360 still takes answers today."""
    return three_sixty.state == ThreeSixtyState.OPEN and not is_past(three_sixty)


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Show one of the raters' pages, with the switch between languages."""
    languages = [
        (code, translation.get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
    ]
    spoken = (translation.get_language() or "")[:2]
    shown = {"languages": languages, "spoken": spoken} | context
    return render(request, f"assessment/three_sixty/answer/{name}.html", shown, status=status)


def over(request: HttpRequest, why: str, *, status: int = 410) -> HttpResponse:
    """Say why a link leads nowhere: "forged", "used" or "closed"."""
    return page(request, "over", {"why": why}, status=status)
