"""Programs that call the interface: with a token of somebody's, or with none."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.test import Client

from trellis.core.registry import api_parts
from trellis.exchange.api.token_actions import make_token
from trellis.people.models import Person

BASE = "/api/v1"
SCOPES = tuple(part.scope for part in api_parts if part.scope)


class Caller:
    """Asks below the base, and reads the answer."""

    def __init__(self, secret: str = "") -> None:
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, path: str, method: str = "get", headers: dict[str, str] | None = None, **query: Any) -> HttpResponse:
        """Return the answer to a request."""
        ask = getattr(Client(), method)
        found: HttpResponse = ask(f"{BASE}{path}", query, headers=self._headers | (headers or {}))
        return found

    def read(self, path: str, **query: Any) -> Any:
        """Return what is answered with 200."""
        answer = self.ask(path, **query)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)

    def refused(self, path: str, **query: Any) -> tuple[int, dict[str, Any]]:
        """Return the status and the problem of a refusal."""
        answer = self.ask(path, **query)
        assert answer.headers["Content-Type"] == "application/problem+json"
        content = json.loads(answer.content)
        assert content["status"] == answer.status_code
        assert {"type", "title", "detail"} <= content.keys()
        return answer.status_code, content


def caller(person: Person, scopes: Sequence[str] = SCOPES) -> Caller:
    """A program with a token of a person's."""
    return Caller(make_token(label="Our site", scopes=scopes, days=30, by=person).secret)
