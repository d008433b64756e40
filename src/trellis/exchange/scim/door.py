"""The way in for directories: counted, weighed, shown a token, and answered as SCIM has it."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from scim2_models import Error
from scim2_server.requests import ScimRequest

from trellis.exchange.api.limits import count
from trellis.exchange.directory.actions import note_use
from trellis.exchange.models import DirectoryToken
from trellis.exchange.scim.access import token_behind
from trellis.exchange.scim.service import DirectoryApplication

BASE_PATH = "/scim/v2"
MEDIA_TYPE = "application/scim+json"
# A user is a few hundred bytes; nothing that a directory sends comes near this.
MOST_BYTES = 256 * 1024
_HEADERS = ("Authorization", "Content-Type", "If-Match", "If-None-Match")


@csrf_exempt  # no cookie means anything here
@never_cache
def scim(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer a request of a directory."""
    token = _token(request)
    allowance = count(request, token)
    if allowance.is_over:
        return allowance.tell(_refused(429, f"Ask again in {allowance.resets_in} seconds."))
    if _weight(request) > MOST_BYTES:
        return allowance.tell(_refused(413, f"There are more than {MOST_BYTES} bytes."))
    found = DirectoryApplication(token).serve(_asked(request, rest))
    response = _answer(found.status.value, found.body)
    for name, value in found.headers.items():
        response.headers[name] = value
    if token is not None:
        note_use(token)
    return allowance.tell(response)


def _asked(request: HttpRequest, rest: str) -> ScimRequest:
    asked = ScimRequest(
        method=request.method or "GET",
        base_url=request.build_absolute_uri(BASE_PATH),
        path=f"/{rest}",
        query=request.GET.dict(),
        headers={name: request.headers[name] for name in _HEADERS if name in request.headers},
    )
    asked.body = request.body
    return asked


def _token(request: HttpRequest) -> DirectoryToken | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return token_behind(secret.strip()) if scheme.lower() == "bearer" and secret else None


def _weight(request: HttpRequest) -> int:
    """The bytes of the body as it says itself; a server passes no more of it on."""
    said = request.headers.get("Content-Length") or "0"
    return int(said) if said.isdecimal() else MOST_BYTES + 1


def _refused(status: int, detail: str) -> HttpResponse:
    return _answer(status, Error(status=status, detail=detail).model_dump())


def _answer(status: int, content: object) -> HttpResponse:
    body = "" if content is None else json.dumps(content, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)
