"""Fetches a package from an address: https only, no private network, no more than fits, no longer than a minute."""

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import urljoin, urlsplit

from trellis.exchange.case.reader.loose import CaseReadError

MOST_BYTES = 20_000_000
_SECONDS, _REDIRECTS, _CHUNK = 60.0, 3, 65_536


class _Checked(http.client.HTTPSConnection):
    """A connection to the very address that was looked at: a name that changes in between leads nowhere else."""

    def __init__(self, host: str, port: int, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]


def fetch(url: str) -> bytes:
    """Return what stands at an https address; raises CaseReadError for any other, and for what is too large or slow."""
    deadline = time.monotonic() + _SECONDS
    for _hop in range(_REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.username:
            raise CaseReadError(f"{url}: only https addresses are read")
        port = parts.port or 443
        connection = _Checked(parts.hostname, port, public_address(parts.hostname, port), _SECONDS)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", path, headers={"Accept": "application/json"})
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308):
                url = urljoin(url, response.headers.get("Location", ""))
                continue
            if response.status != 200:
                raise CaseReadError(f"{url}: answers with {response.status}")
            return _body(response, url, deadline)
        except (OSError, http.client.HTTPException) as error:
            raise CaseReadError(f"{url}: {error or type(error).__name__}") from error
        finally:
            connection.close()
    raise CaseReadError(f"{url}: leads from one address to the next without end")


def public_address(host: str, port: int) -> str:
    """Return an address of a host; raises CaseReadError when any of them lies in a private or special network."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise CaseReadError(f"{host}: there is no such host") from error
    if not all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found):
        raise CaseReadError(f"{host}: lies in a private network, and is not read")
    return str(sorted(found)[0])


def _body(response: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
    found = bytearray()
    while chunk := response.read(_CHUNK):
        found += chunk
        if len(found) > MOST_BYTES:
            raise CaseReadError(f"{url}: is larger than {MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise CaseReadError(f"{url}: takes longer than a minute")
    return bytes(found)
