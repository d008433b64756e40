"""What a rater's browser holds instead of an account: who they are and the secret of their envelope, both sealed."""

import base64
import binascii
import datetime as dt
import json
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from trellis.assessment.models import ThreeSixty
from trellis.core import clock, sealing

PATH = "/answer/"
_PURPOSE = "rater"


@dataclass(frozen=True, slots=True)
class Holder:
    """A rater's uid, and the secret that finds their answers again."""

    rater: uuid.UUID
    secret: str


def cookie_of(three_sixty: uuid.UUID) -> str:
    """Return the cookie's name: one for each 360, so that one phone can answer about several persons."""
    return f"trellis-360-{three_sixty.hex}"


def holder(request: HttpRequest, three_sixty: uuid.UUID) -> Holder | None:
    """Return whom this browser stands for in a 360, or None; nobody can make such a cookie but us."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(cookie_of(three_sixty), ""))
        content = json.loads(sealing.unseal(sealed, sealing.site_key(_PURPOSE)))
    except (binascii.Error, ValueError, sealing.SealBrokenError):
        return None
    # A cookie that was given another name stands for nobody.
    if content["three_sixty"] != three_sixty.hex:
        return None
    return Holder(uuid.UUID(content["rater"]), content["secret"])


def hold(response: HttpResponse, three_sixty: ThreeSixty, who: Holder) -> None:
    """Let the browser stand for a rater until the day after the last."""
    content = {"three_sixty": three_sixty.uid.hex, "rater": who.rater.hex, "secret": who.secret}
    sealed = sealing.seal(json.dumps(content).encode(), sealing.site_key(_PURPOSE))
    last = three_sixty.round.closes_on or clock.today()
    response.set_cookie(
        cookie_of(three_sixty.uid),
        base64.urlsafe_b64encode(sealed).decode(),
        max_age=int(dt.timedelta(days=(last - clock.today()).days + 2).total_seconds()),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def let_go(response: HttpResponse, three_sixty: uuid.UUID) -> None:
    """Make the browser forget: a device may be shared."""
    response.delete_cookie(cookie_of(three_sixty), path=PATH, samesite="Lax")
