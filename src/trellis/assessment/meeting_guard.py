"""Makes guessing codes slow: wrong ones are counted by network, right ones never."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# A school has one address for everybody: forty people who mistype once must not shut it out.
WRONG_CODES = 60
SECONDS = 600


def may_try(request: HttpRequest) -> bool:
    """Say whether this network may try a code now; after too many wrong ones it waits, whatever it tries."""
    return int(cache.get(_key(request), 0)) < WRONG_CODES


def note_wrong_code(request: HttpRequest) -> None:
    """Count a wrong code; the count is forgotten ten minutes after its first."""
    key = _key(request)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # its time has come between the two
            cache.add(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    address = get_adapter().get_client_ip(request)
    return "meeting-code:" + salted_hmac("trellis.assessment.meeting_guard", address, algorithm="sha256").hexdigest()
