"""One badge for whoever holds its address: as its holder chose to show it, or as the signed document."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from trellis.exchange.badges.answers import CREDENTIAL, file_answer, json_answer
from trellis.exchange.models import SignedDocument
from trellis.growth.credential_access import visible_credentials


@require_safe
def credential(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the signed document."""
    return json_answer(request, _signed(request, uid).document, CREDENTIAL)


@require_safe
def credential_json(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the signed document."""
    return json_answer(request, _signed(request, uid).document, CREDENTIAL)


@require_safe
def credential_jwt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the badge as a JWT."""
    return file_answer(request, _signed(request, uid).jwt.encode(), "text/plain; charset=us-ascii")


def _signed(request: HttpRequest, uid: UUID) -> SignedDocument:
    return get_object_or_404(SignedDocument, credential__in=visible_credentials(request.user), credential__uid=uid)
