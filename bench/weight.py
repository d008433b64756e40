"""What a page costs besides time: queries, bytes of its HTML, and everything that a first visit fetches."""

import gzip
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.client import HOST, AnswerError, Connection, request

_TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
_LINKED = re.compile(rb"""<(?:link|script|use|img)\b[^>]*?\b(?:href|src)=["']([^"'#]+)""")
_IN_CSS = re.compile(rb"""url\(["']?([^"')#]+)""")
# A style sheet names more fonts than a page uses; a browser fetches these only for letters outside of Latin.
_RARE = re.compile(r"-latin-ext-")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes: `raw` as a browser reads them, `sent` as they come over the wire."""

    raw: int
    sent: int


def queries(path: str, session: str, form: dict[str, object] | None = None) -> int:
    """Return how many statements a warm page asks of the database; begin and commit are not counted."""
    client = Client(headers={"host": HOST, "X-Trellis-Outbox": "1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path) if form is None else client.post(path, form)
    if answer.status_code >= 300:
        raise AnswerError(f"{path}: answered {answer.status_code}")
    return sum(not query["sql"].startswith(_TRANSACTION) for query in captured.captured_queries)


def html(port: int, path: str, session: str) -> Weight:
    """Return the weight of a page's HTML; compressed as a proxy would, when the server sends it as it is."""
    with Connection(port) as wire:
        plain = wire.send(request(path, session=session, plain=True)).body
        packed = wire.send(request(path, session=session))
    compressed = b"content-encoding" in packed.head.lower()
    return Weight(len(plain), len(packed.body) if compressed else len(gzip.compress(plain, 6)))


def first_visit(port: int, path: str, session: str) -> Weight:
    """Return the weight of a page with everything that it links to and that its style sheets use, on an empty cache.

    Static files count as they are sent; the HTML counts as sent too, so uncompressed where nothing compresses it.
    """
    raw = sent = 0
    waiting, seen = [path], set()
    with Connection(port) as wire:
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            plain = wire.send(request(address, session=session, plain=True))
            if plain.status != 200:
                raise AnswerError(f"{address}: answered {plain.status}")
            raw += len(plain.body)
            sent += len(wire.send(request(address, session=session)).body)
            waiting += _linked(address, path, plain.body)
    return Weight(raw, sent)


def _linked(address: str, page: str, body: bytes) -> list[str]:
    found = _LINKED.findall(body) if address == page else _IN_CSS.findall(body) if address.endswith(".css") else []
    targets = [urljoin(address, urlsplit(target.decode()).path) for target in found]
    return [target for target in targets if target.startswith(settings.STATIC_URL) and not _RARE.search(target)]
