"""A connection to a public address, and to no other: a name that changes in between leads nowhere else."""

import http.client
import ipaddress
import socket
import ssl


class NotPublicError(Exception):
    """A host that does not exist, or lies in a private or special network."""


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
