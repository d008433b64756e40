"""Making and removing tokens; each leaves an audit row, and the secret is told once."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from trellis.core import audit, clock
from trellis.core.sealing import digest
from trellis.exchange.models import ApiToken
from trellis.exchange.models.api_token import SHOWN, new_secret
from trellis.exchange.tokens import Made, forget_old
from trellis.people.models import Person


@transaction.atomic
def make_token(*, label: str, scopes: Sequence[str], days: int, by: Person) -> Made[ApiToken]:
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


def forget_old_tokens(on: dt.date) -> str:
    """Delete tokens that have been over for 90 days; the daily job. Returns a line without names."""
    return forget_old(ApiToken, on, action="exchange.token.forget")
