"""Whose tokens a person sees, and who stands behind a token that a program shows."""

from django.db.models import QuerySet
from django.http import HttpRequest

from trellis.core import clock
from trellis.core.sealing import digest
from trellis.exchange.models import ApiToken
from trellis.people.models import Person

_FOUND = "_trellis_token"


def own_tokens(viewer: Person) -> QuerySet[ApiToken]:
    """Return the viewer's own tokens, the newest first."""
    return ApiToken.objects.filter(person=viewer)


def token_behind(secret: str) -> ApiToken | None:
    """Return the token whose secret this is, with its person; None when it is over, or its person is not active."""
    return ApiToken.objects.good(clock.today()).filter(digest=digest(secret)).select_related("person").first()


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the good token that a request shows after the word Bearer, or None; looked up once for each request."""
    found: ApiToken | None
    if not hasattr(request, _FOUND):
        word, _space, secret = request.headers.get("Authorization", "").partition(" ")
        found = token_behind(secret) if word.lower() == "bearer" and secret else None
        setattr(request, _FOUND, found)
    found = getattr(request, _FOUND)
    return found
