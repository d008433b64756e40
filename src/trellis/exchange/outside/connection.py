"""A connection to a public address, and to no other: a name that changes in between leads nowhere else."""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urlsplit


class NotPublicError(Exception):
    """A host that does not exist, or lies in a private or special network."""


class NotHttpsError(Exception):
    """An address that is no https address, or carries a name and a password."""


class PinnedConnection(http.client.HTTPSConnection):
    """A connection to the very address that was looked at, with the certificate of the host's name."""

    def __init__(self, host: str, port: int, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]


def public_address(host: str, port: int) -> str:
    """Return an address of a host; raises NotPublicError when any of them lies in a private or special network."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise NotPublicError("there is no such host") from error
    known = [ipaddress.ip_address(str(address).partition("%")[0]) for address in found]
    if not all(address.is_global and not address.is_multicast for address in known):
        raise NotPublicError("lies in a private network")
    return str(sorted(found)[0])


def reach(url: str, *, seconds: float) -> tuple[PinnedConnection, str]:
    """Return a connection to where an https address leads, not yet opened, and the path to ask for there.

    Raises NotHttpsError, and NotPublicError for a host in a private network; neither has sent anything.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:  # a port that is none, half an address of six
        raise NotHttpsError from error
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise NotHttpsError
    connection = PinnedConnection(parts.hostname, port, public_address(parts.hostname, port), seconds)
    return connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
