"""What anybody may ask of the issuer: its keys, its profile, and the lists of what it has revoked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trellis.exchange.badges.answers import CREDENTIAL, LINKED_DATA, asks_for, json_answer
from trellis.exchange.badges.credential_document import CONTEXTS
from trellis.exchange.badges.issuer import issuer_profile
from trellis.exchange.badges.keys import did_document
from trellis.exchange.badges.status import signed_list
from trellis.exchange.models import StatusList

_HOUR = 60 * 60
# A revocation is seen everywhere within five minutes.
_STATUS_SECONDS = 5 * 60


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """Publish the issuer's keys where did:web looks for them."""
    return json_answer(request, did_document(), "application/did+json", seconds=_HOUR)


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """Say who issues badges here, and how to check one."""
    profile = issuer_profile()
    if asks_for(request) == "page":
        answer = render(request, "exchange/badges/issuer.html", {"profile": profile})
    else:
        answer = json_answer(request, {"@context": CONTEXTS[:2], **profile}, LINKED_DATA, seconds=_HOUR)
    patch_vary_headers(answer, ["Accept"])
    return answer


@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """Publish a signed status list."""
    found = get_object_or_404(StatusList, number=number)
    return json_answer(request, signed_list(found), CREDENTIAL, seconds=_STATUS_SECONDS)
