"""How we ask an issuer: by https, at public addresses, following nowhere, and reading only so much."""

from io import BytesIO
from socket import create_connection, socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPSConnection

from trellis.exchange.outside.connection import NotPublicError, public_address

_SECONDS, _MOST_READ = 10.0, 512 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class _PublicConnection(HTTPSConnection):
    """A connection to the very address that was looked at; the certificate is still that of the host's name."""

    def _new_conn(self) -> socket:
        try:
            address = public_address(self.host, self.port or 443)
        except NotPublicError as error:
            raise requests.ConnectionError(str(error)) from error
        return create_connection((address, self.port or 443), _SECONDS)


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _Bounded(HTTPAdapter):
    """Reads an answer up to a limit."""

    def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request; raises RequestException when the answer is too long."""
        response = super().send(request, *args, **(kwargs | {"stream": True}))
        content = response.raw.read(_MOST_READ + 1, decode_content=True)
        response.close()
        if len(content) > _MOST_READ:
            raise requests.RequestException("the answer is too long")
        response.raw = BytesIO(content)
        return response


class _Public(_Bounded):
    """Asks hosts in the public network only."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, of connections of ours."""
        manager = PoolManager(*args, **kwargs)
        manager.pool_classes_by_scheme = {"https": _PublicPool}
        self.poolmanager = manager


class IssuerSession(requests.Session):
    """What asks issuers; of the demo also one on this machine, so that it can be tried out."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        self.mount("https://", _Public())
        if settings.TRELLIS_DEMO:
            for host in _LOOPBACK:
                self.mount(f"http://{host}:", _Bounded())

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request. Raises RequestException."""
        return super().request(*args, **(kwargs | {"timeout": _SECONDS, "allow_redirects": False}))


def may_be_asked(issuer: str) -> bool:
    """Say whether an address can be an issuer's: https without a name or password in it; the demo's may be here."""
    parts = urlsplit(issuer)
    if parts.username or parts.password or not parts.hostname or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (settings.TRELLIS_DEMO and parts.scheme == "http" and parts.hostname in _LOOPBACK)
