"""Refusals as RFC 9457 has them: a status, a title, and a sentence that helps."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Schema

MEDIA_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong with one parameter."""

    where: str
    what: str


class Problem(Schema):
    """Why a request was not answered."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


def problem(status: int, detail: str, *, errors: Sequence[FieldProblem] = (), **headers: str) -> HttpResponse:
    """Return a refusal; names of headers are given with underscores."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        content["errors"] = [error.dict() for error in errors]
    response = HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response
