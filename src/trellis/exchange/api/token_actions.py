"""Making and removing tokens; each leaves an audit row, and the secret is told once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from trellis.core import audit, clock
from trellis.core.sealing import digest
from trellis.exchange.models import ApiToken
from trellis.exchange.models.api_token import SHOWN, new_secret
from trellis.people.models import Person

_KEPT = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Made:
    """A token and its secret, which is told once and kept nowhere."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(*, label: str, scopes: Sequence[str], days: int, by: Person) -> Made:
    """Make a token for a program that reads for `by`: these scopes, for so many days."""
    secret = new_secret()
    token = ApiToken.objects.create(
        person=by,
        label=label,
        begins=secret[:SHOWN],
        digest=digest(secret),
        scopes=sorted(scopes),
        expires_on=clock.today() + dt.timedelta(days=days),
    )
    audit.record(
        by=by, action="exchange.token.make", target=f"token:{token.uid}", detail={"scopes": token.scopes, "days": days}
    )
    return Made(token, secret)


@transaction.atomic
def remove_token(token: ApiToken, *, by: Person) -> None:
    """Remove a token: whoever has it is turned away from now on."""
    audit.record(by=by, action="exchange.token.remove", target=f"token:{token.uid}")
    token.delete()


def note_use(token: ApiToken) -> None:
    """Write down the day on which a token was used; nothing more is kept of what was asked."""
    today = clock.today()
    if token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)


@transaction.atomic
def forget_old_tokens(on: dt.date) -> str:
    """Delete tokens that have been over for 90 days; the daily job. Returns a line without names."""
    gone, _rows = ApiToken.objects.filter(expires_on__lt=on - _KEPT).delete()
    if gone:
        audit.record(by=None, action="exchange.token.forget", target="tokens:old", detail={"count": gone})
    return f"{gone} forgotten"
