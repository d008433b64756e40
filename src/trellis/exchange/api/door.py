"""Through which every request passes: counted, answered with an ETag, and refused in one form."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from trellis.exchange.api.limits import count
from trellis.exchange.api.problem import problem

_EXPOSED = "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
View = Callable[..., HttpResponseBase]


def through_the_door(view: View) -> View:
    """Return a view behind the door; no cookie means anything here, so no form token is asked for."""

    # Not `wraps`: the address belongs to us, and not to the library that answers.
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"}))
        allowance = count(request)
        if allowance.is_over:
            return _open(allowance.tell(problem(429, f"Ask again in {allowance.resets_in} seconds.")))
        if request.method not in ("GET", "HEAD"):
            return _open(allowance.tell(problem(405, "Only GET is answered here.", Allow="GET, HEAD, OPTIONS")))
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
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    # A shared cache must not keep what was for one token; who asked before asks whether it still holds.
    response["Cache-Control"] = "private, no-cache"
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Accept, Authorization, If-None-Match"
    response["Access-Control-Expose-Headers"] = _EXPOSED
    return response
