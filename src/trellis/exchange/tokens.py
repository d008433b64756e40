"""What tokens of every kind share: a secret that is told once, the day of its last use, and when it is forgotten."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from trellis.core import audit, clock

TokenT = TypeVar("TokenT", bound=models.Model)
_KEPT = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Made(Generic[TokenT]):
    """A token and its secret, which is told once and kept nowhere."""

    token: TokenT
    secret: str


def secret_with(mark: str) -> str:
    """Mint a secret: a mark and 256 bits."""
    return f"{mark}{secrets.token_urlsafe(32)}"


def note_use(token: Any) -> None:
    """Write down the day on which a token was used; nothing more is kept of what was asked."""
    today = clock.today()
    if token.used_on != today:
        type(token).objects.filter(pk=token.pk).update(used_on=today)


@transaction.atomic
def forget_old(kind: Any, on: dt.date, *, action: str) -> str:
    """Delete tokens of a kind that have been over for 90 days; for the daily job. Returns a line without names."""
    gone, _rows = kind.objects.filter(expires_on__lt=on - _KEPT).delete()
    if gone:
        audit.record(by=None, action=action, target="tokens:old", detail={"count": gone})
    return f"{gone} forgotten"
