"""Answers that programs and scripts of other sites may read: with a fingerprint, and "not changed" to who has them."""

import hashlib
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

ResponseT = TypeVar("ResponseT", bound=HttpResponseBase)
METHODS = "GET, HEAD, OPTIONS"


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return an answer with the fingerprint of what it says, or "not changed" to who has it already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def opened(response: ResponseT, *, asks: str = "", tells: str = "") -> ResponseT:
    """Let scripts of other sites read an answer.

    `asks` names headers that they may send, `tells` those of the answer that they may see, besides the usual.
    """
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = ", ".join(filter(None, ("Accept", asks, "If-None-Match")))
    response["Access-Control-Expose-Headers"] = ", ".join(filter(None, ("ETag", tells)))
    return response


def what_may_be_asked() -> HttpResponse:
    """Answer a browser that asks first what it may ask."""
    return HttpResponse(status=204, headers={"Allow": METHODS})
