"""A directory that calls: with a token of an affiliate's, or with none."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast
from trellis.exchange.directory.actions import make_token, set_up
from trellis.exchange.models import Directory

BASE = "/scim/v2"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Caller:
    """Asks below the base, and reads the answer."""

    def __init__(self, secret: str = "", directory: Directory | None = None) -> None:
        self.secret, self._directory = secret, directory

    @property
    def directory(self) -> Directory:
        """The directory that calls."""
        assert self._directory is not None
        return self._directory

    def ask(self, method: str, path: str, content: Any = None, **headers: str) -> HttpResponse:
        """Return the answer to a request."""
        headers |= {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        body = {"data": json.dumps(content), "content_type": "application/scim+json"} if content is not None else {}
        found: HttpResponse = getattr(Client(), method)(f"{BASE}{path}", headers=headers, **body)
        return found

    def add(self, user_name: str, **attributes: Any) -> dict[str, Any]:
        """Add a user and return it."""
        return self.done("post", "/Users", {"schemas": [USER], "userName": user_name} | attributes, status=201)

    def change(self, uid: Any, *operations: dict[str, Any]) -> dict[str, Any]:
        """Change a user and return it."""
        answer = self.ask("patch", f"/Users/{uid}", {"schemas": [PATCH], "Operations": list(operations)})
        assert answer.status_code in (200, 204), answer.content
        return self.done("get", f"/Users/{uid}")

    def switch(self, uid: Any, *, active: Any) -> dict[str, Any]:
        """Let a user in, or no more."""
        return self.change(uid, {"op": "replace", "path": "active", "value": active})

    def found(self, filter: str, **query: Any) -> list[str]:
        """Return the user names that a filter finds."""
        answer = Client().get(
            f"{BASE}/Users", {"filter": filter} | query, headers={"Authorization": f"Bearer {self.secret}"}
        )
        assert answer.status_code == 200, answer.content
        return [user["userName"] for user in answer.json().get("Resources", [])]

    def done(self, method: str, path: str, content: Any = None, status: int = 200) -> dict[str, Any]:
        """Return what is answered with this status."""
        answer = self.ask(method, path, content)
        assert answer.status_code == status, answer.content
        told: dict[str, Any] = json.loads(answer.content)
        return told

    def refused(self, method: str, path: str, content: Any = None) -> tuple[int, str]:
        """Return the status and the kind of a refusal."""
        answer = self.ask(method, path, content)
        assert answer.headers["Content-Type"] == "application/scim+json"
        error = json.loads(answer.content)
        assert (error["schemas"], error["status"]) == (
            ["urn:ietf:params:scim:api:messages:2.0:Error"], str(answer.status_code),
        )  # fmt: skip
        return answer.status_code, error.get("scimType", "")


def directory_of(cast: Cast, unit: str) -> Caller:
    """The directory of a unit, with a token just made."""
    directory = set_up(cast.unit(unit), by=cast.steward)
    return Caller(make_token(directory, label="Entra", days=90, by=cast.steward).secret, directory)
