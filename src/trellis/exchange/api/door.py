"""Through which every request passes: counted, answered with an ETag, and refused in one form."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from trellis.exchange.api.limits import count
from trellis.exchange.api.problem import problem
from trellis.exchange.api.token_access import token_of
from trellis.exchange.open_answers import METHODS, opened, what_may_be_asked, with_etag

_TELLS = "Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
View = Callable[..., HttpResponseBase]


def through_the_door(view: View) -> View:
    """Return a view behind the door; no cookie means anything here, so no form token is asked for."""

    # Not `wraps`: the address belongs to us, and not to the library that answers.
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(what_may_be_asked())
        allowance = count(request, token_of(request))
        if allowance.is_over:
            return _open(allowance.tell(problem(429, f"Ask again in {allowance.resets_in} seconds.")))
        if request.method not in ("GET", "HEAD"):
            return _open(allowance.tell(problem(405, "Only GET is answered here.", Allow=METHODS)))
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse):
            return response
        return _open(allowance.tell(_with_etag(request, response)))

    return csrf_exempt(answered)


def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer what leads nowhere."""
    return problem(404, "There is nothing at this address.")


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Authorization"])
    if response.status_code != 200:
        return response
    # A shared cache must not keep what was for one token; who asked before asks whether it still holds.
    response["Cache-Control"] = "private, no-cache"
    return with_etag(request, response)


def _open(response: HttpResponse) -> HttpResponse:
    return opened(response, asks="Authorization", tells=_TELLS)
