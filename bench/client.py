"""A small HTTP client over one kept connection on loopback: as little between the clock and the server as can be."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"
# Any 32 letters do: the same in cookie and header is what Django compares, as it does for the page's own script.
_CSRF = "benchbenchbenchbenchbenchbench00"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_PATIENCE = 30


class AnswerError(Exception):
    """The server's answer was not the one that the measurement is about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, its head as it came, and its body."""

    status: int
    head: bytes
    body: bytes


def request(
    path: str,
    *,
    session: str = "",
    form: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    plain: bool = False,
) -> bytes:
    """Return the bytes of a GET, or of a POST when there is a form; `session` signs in, `plain` refuses compression."""
    body = urlencode(form).encode() if form is not None else b""
    cookies = [f"csrftoken={_CSRF}"] if form is not None else []
    if session:
        cookies.append(f"sessionid={session}")
    fields = {"Host": HOST, "Accept-Encoding": "identity" if plain else "gzip", **(headers or {})}
    if cookies:
        fields["Cookie"] = "; ".join(cookies)
    if form is not None:
        fields |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            "X-CSRFToken": _CSRF,
        }
    lines = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        *(f"{name}: {value}" for name, value in fields.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """One kept connection; not for two threads at a time."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=_PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *problem: object) -> None:
        self._socket.close()

    def send(self, prepared: bytes) -> Answer:
        """Send a request and read its answer to the end; raises OSError when the server goes away."""
        self._socket.sendall(prepared)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._receive()
        head = got[: end + 2]
        status = int(head[9:12])
        length = _LENGTH.search(head)
        if length is None and status not in (204, 304):
            raise AnswerError(f"an answer without a length: {head[:200]!r}")
        missing = (int(length[1]) if length else 0) - (len(got) - end - 4)
        parts = [got[end + 4 :]]
        while missing > 0:
            part = self._receive()
            parts.append(part)
            missing -= len(part)
        return Answer(status, head, b"".join(parts))

    def _receive(self) -> bytes:
        part = self._socket.recv(262_144)
        if not part:
            raise ConnectionResetError("the server closed the connection")
        return part
