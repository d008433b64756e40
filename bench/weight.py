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
    """Bytes: `raw` as a browser reads them, `sent` as our server sends them, `packed` with the HTML compressed too."""

    raw: int
    sent: int
    packed: int

    def __add__(self, other: "Weight") -> "Weight":
        """Both together."""
        return Weight(self.raw + other.raw, self.sent + other.sent, self.packed + other.packed)


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
    """Return the weight of a page's HTML."""
    with Connection(port) as wire:
        return _weigh(wire, path, session)[0]


def _weigh(wire: Connection, path: str, session: str) -> tuple[Weight, bytes]:
    plain = wire.send(request(path, session=session, plain=True))
    if plain.status != 200:
        raise AnswerError(f"{path}: answered {plain.status}")
    sent = wire.send(request(path, session=session))
    # Static files come compressed where that helps; a proxy does the same for HTML, at about this level.
    leaves_html = b"content-encoding" not in sent.head.lower() and b"content-type: text/html" in sent.head.lower()
    packed = len(gzip.compress(plain.body, 6)) if leaves_html else len(sent.body)
    return Weight(len(plain.body), len(sent.body), packed), plain.body


def first_visit(port: int, path: str, session: str) -> Weight:
    """Return the weight of a page with everything that it links to and that its style sheets use, on an empty cache."""
    whole = Weight(0, 0, 0)
    waiting, seen = [path], set()
    with Connection(port) as wire:
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            weight, body = _weigh(wire, address, session)
            whole += weight
            waiting += _linked(address, path, body)
    return whole


def _linked(address: str, page: str, body: bytes) -> list[str]:
    found = _LINKED.findall(body) if address == page else _IN_CSS.findall(body) if address.endswith(".css") else []
    targets = [urljoin(address, urlsplit(target.decode()).path) for target in found]
    return [target for target in targets if target.startswith(settings.STATIC_URL) and not _RARE.search(target)]
