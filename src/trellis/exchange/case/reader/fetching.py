"""Fetches a package from an address: https only, no private network, no more than fits, no longer than a minute."""

import http.client
import time
from urllib.parse import urljoin, urlsplit

from trellis.exchange.case.reader.loose import CaseReadError
from trellis.exchange.outside.connection import NotHttpsError, NotPublicError, PinnedConnection, reach

MOST_BYTES = 20_000_000
_SECONDS, _REDIRECTS, _CHUNK = 60.0, 3, 65_536


def fetch(url: str) -> bytes:
    """Return what stands at an https address; raises CaseReadError for any other, and for what is too large or slow."""
    deadline = time.monotonic() + _SECONDS
    for _hop in range(_REDIRECTS + 1):
        connection, path = _reach(url)
        try:
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


def _reach(url: str) -> tuple[PinnedConnection, str]:
    try:
        return reach(url, seconds=_SECONDS)
    except NotHttpsError as error:
        raise CaseReadError(f"{url}: only https addresses are read") from error
    except NotPublicError as error:
        raise CaseReadError(f"{urlsplit(url).hostname}: {error}, and is not read") from error


def _body(response: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
    found = bytearray()
    while chunk := response.read(_CHUNK):
        found += chunk
        if len(found) > MOST_BYTES:
            raise CaseReadError(f"{url}: is larger than {MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise CaseReadError(f"{url}: takes longer than a minute")
    return bytes(found)
