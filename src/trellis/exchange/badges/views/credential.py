"""One badge for whoever holds its address: as its holder chose to show it, or as the signed document."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trellis.exchange.badges.answers import CREDENTIAL, asks_for, file_answer, json_answer
from trellis.exchange.badges.artwork import Kind, drawn, picture_of
from trellis.exchange.badges.baking import baked
from trellis.exchange.badges.checking import Found, check_signed
from trellis.exchange.badges.held import as_held
from trellis.exchange.models import SignedDocument
from trellis.growth.credential_access import visible_credentials
from trellis.growth.models import Credential, ShownName
from trellis.people.queries import association_name

JWT = "text/plain; charset=us-ascii"


@require_safe
def credential(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a badge to a browser, and hand out its signed document to a program."""
    signed = _signed(request, uid)
    wanted = asks_for(request)
    if wanted == "json":
        answer = json_answer(request, signed.document, CREDENTIAL)
    elif wanted == "jwt":
        answer = file_answer(request, signed.jwt.encode(), JWT)
    else:
        answer = _page(request, signed)
    patch_vary_headers(answer, ["Accept", "Cookie"])
    return answer


@require_safe
def credential_json(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the signed document."""
    return _as_file(json_answer(request, _signed(request, uid).document, CREDENTIAL), uid, "json")


@require_safe
def credential_jwt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the badge as a JWT."""
    return _as_file(file_answer(request, _signed(request, uid).jwt.encode(), JWT), uid, "jwt")


@require_safe
def credential_png(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the badge in its picture."""
    return _picture(request, uid, "png", "image/png")


@require_safe
def credential_svg(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the badge in its drawing."""
    return _picture(request, uid, "svg", "image/svg+xml")


def _signed(request: HttpRequest, uid: UUID) -> SignedDocument:
    found = SignedDocument.objects.select_related(
        "key", "credential__edition__framework", "credential__person", "credential__evidence"
    )
    return get_object_or_404(found, credential__in=visible_credentials(request.user), credential__uid=uid)


def _page(request: HttpRequest, signed: SignedDocument) -> HttpResponse:
    held = signed.credential
    found = check_signed(signed)
    is_good = found == Found.GOOD
    context = {
        "badge": as_held(held),
        "found": found,
        "who": _who(held) if is_good else "",
        "outcome": held.evidence.outcome if held.evidence and held.shows_outcome and is_good else "",
        "issuer": association_name(),
        "is_own": request.user.is_authenticated and held.person_id == request.user.pk,
    }
    answer = render(request, "exchange/badges/credential.html", context)
    answer["X-Robots-Tag"] = "noindex, noarchive"
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _who(held: Credential) -> str:
    """Whose it is, as far as they say; what no longer holds names nobody."""
    if held.shown_name == ShownName.NAME:
        return held.person.name
    return held.person.initials if held.shown_name == ShownName.INITIALS else ""


def _picture(request: HttpRequest, uid: UUID, kind: Kind, media: str) -> HttpResponse:
    signed = _signed(request, uid)
    picture = baked(drawn(picture_of(signed.credential), kind), signed.document, kind)
    return _as_file(file_answer(request, picture, media), uid, kind)


def _as_file(answer: HttpResponse, uid: UUID, ending: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="badge-{str(uid)[:8]}.{ending}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    answer["X-Robots-Tag"] = "noindex, noarchive"
    return answer
