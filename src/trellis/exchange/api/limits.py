"""How often a program may ask: so many times a minute for each token, and fewer for each address without one."""

import time
from dataclasses import dataclass
from typing import Protocol

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from trellis.core.sealing import digest

_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left in this minute; `resets_in` is in seconds."""

    limit: int
    left: int
    resets_in: int

    @property
    def is_over(self) -> bool:
        """Whether this request is one too many."""
        return self.left < 0

    def tell(self, response: HttpResponse) -> HttpResponse:
        """Write it into an answer's headers, as the IETF's draft names them."""
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(max(self.left, 0))
        response["RateLimit-Reset"] = str(self.resets_in)
        if self.is_over:
            response["Retry-After"] = str(self.resets_in)
        return response


class Token(Protocol):
    """Whatever lets a program in."""

    digest: str


def count(request: HttpRequest, token: Token | None) -> Allowance:
    """Count a request in this minute's window, by the good token it shows or else by the address it comes from."""
    limit = settings.TRELLIS_API_A_MINUTE if token else settings.TRELLIS_API_A_MINUTE_WITHOUT_TOKEN
    # Only digests: neither tokens nor addresses lie in the cache.
    who = token.digest if token else digest(_address(request))
    now = int(time.time())
    key = f"trellis-api:{who}:{now // _WINDOW}"
    cache.add(key, 0, timeout=2 * _WINDOW)
    try:
        used = cache.incr(key)
    except ValueError:  # thrown out of the cache in between
        used = 1
    return Allowance(limit, limit - used, _WINDOW - now % _WINDOW)


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # behind a socket, or fewer proxies than were told of: all of these count together
        return "unknown"
