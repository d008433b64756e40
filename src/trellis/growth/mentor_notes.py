"""Words that only the two of a mentorship read: sealed with its own key, which is forgotten when their time is over."""

from trellis.core import sealing
from trellis.growth.models import Mentorship

_PURPOSE = "mentorship"


def new_wrapped_key() -> bytes:
    """Return a new key for one mentorship, wrapped by the site's secret."""
    return sealing.seal(sealing.new_key(), sealing.site_key(_PURPOSE))


def seal_words(mentorship: Mentorship, words: str) -> bytes:
    """Return words sealed for the two; raises SealBrokenError once the key is forgotten."""
    return sealing.seal(words.encode(), _key(mentorship))


def read_words(mentorship: Mentorship, sealed: bytes | memoryview | None) -> str:
    """Return what was sealed, an empty text where nothing was; raises SealBrokenError once the key is forgotten."""
    return sealing.unseal(bytes(sealed), _key(mentorship)).decode() if sealed else ""


def _key(mentorship: Mentorship) -> bytes:
    if mentorship.key is None:
        raise sealing.SealBrokenError
    return sealing.unseal(bytes(mentorship.key), sealing.site_key(_PURPOSE))
