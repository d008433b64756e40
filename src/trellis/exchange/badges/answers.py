"""Answers to programs: JSON and files with a fingerprint, and open to scripts of other sites where they are public."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from trellis.exchange.open_answers import opened, with_etag

JSON = "application/json"
CREDENTIAL = "application/vc+ld+json"
LINKED_DATA = "application/ld+json"


def file_answer(request: HttpRequest, content: bytes, kind: str, *, seconds: int = 0) -> HttpResponse:
    """Answer with content of a media type, or "not modified"; kept for so many seconds, 0 asks again each time."""
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = f"public, max-age={seconds}" if seconds else "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return opened(with_etag(request, answer))


def json_answer(request: HttpRequest, content: Any, kind: str = JSON, *, seconds: int = 0) -> HttpResponse:
    """Answer with a document, given as text that is JSON already, or as what becomes it."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
    return file_answer(request, text.encode(), kind, seconds=seconds)


_KINDS = {
    CREDENTIAL: "json",
    "application/vc": "json",
    LINKED_DATA: "json",
    JSON: "json",
    "text/plain": "jwt",
    "application/vc+jwt": "jwt",
    "application/jwt": "jwt",
    "text/html": "page",
}


def asks_for(request: HttpRequest) -> str:
    """Say what is asked for: `json`, `jwt`, or a `page` for a browser.

    Who names no kind, or any, is a program and gets the document.
    """
    return _KINDS.get(request.get_preferred_type(list(_KINDS)) or JSON, "json")
