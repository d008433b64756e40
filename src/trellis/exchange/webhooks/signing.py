"""Signs messages as the Standard Webhooks convention has it: HMAC-SHA256 over number, moment and text."""

import base64
import hashlib
import hmac
import secrets

from trellis.core import sealing

_PURPOSE = "webhook"
_MARK = "whsec_"


def new_secret() -> str:
    """Mint a secret, as receivers' libraries read it."""
    return _MARK + base64.b64encode(secrets.token_bytes(32)).decode()


def seal(secret: str) -> bytes:
    """Return a secret sealed with the site's own key."""
    return sealing.seal(secret.encode(), sealing.site_key(_PURPOSE))


def unseal(sealed: bytes | memoryview) -> str:
    """Return what was sealed; raises SealBrokenError."""
    return sealing.unseal(bytes(sealed), sealing.site_key(_PURPOSE)).decode()


def signature(secret: str, *, number: str, moment: int, text: bytes) -> str:
    """Return the signature of one message; `moment` is in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(_MARK))
    signed = b".".join((number.encode(), str(moment).encode(), text))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
