"""How CASE is answered: JSON with an ETag for everybody's scripts to read, and refusals in the standard's own form."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from trellis.exchange.case.model import CodeMinor, CodeMinorField, StatusInfo
from trellis.exchange.case.selection import SelectionError
from trellis.exchange.open_answers import METHODS, opened, what_may_be_asked, with_etag

logger = logging.getLogger(__name__)
JSON = "application/json"
_TELLS = "Link, X-Total-Count"


def answer(request: HttpRequest, content: Any, headers: dict[str, str] | None = None) -> HttpResponseBase:
    """Return an object as JSON, or "not changed" to who has it already."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type=JSON, headers=headers)
    # Others may keep it for minutes; after that they ask whether it still holds.
    response["Cache-Control"] = "public, max-age=300"
    return opened(with_etag(request, response), tells=_TELLS)


def refusal(status: int, code: Any, description: str, *, field: str = "sourcedId") -> HttpResponse:
    """Return a refusal: the standard's word for it, and a sentence."""
    minor = CodeMinorField(imsx_codeMinorFieldName=field, imsx_codeMinorFieldValue=code)
    info = StatusInfo(
        imsx_codeMajor="failure",
        imsx_severity="error",
        imsx_description=description,
        imsx_codeMinor=CodeMinor(imsx_codeMinorField=[minor]),
    )
    response = HttpResponse(info.model_dump_json(exclude_none=True), status=status, content_type=JSON)
    return opened(response, tells=_TELLS)


def in_standard_form(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view's refusals, and its failures, the form of the standard."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return opened(what_may_be_asked(), tells=_TELLS)
        if request.method not in ("GET", "HEAD"):
            response = refusal(405, "forbidden", "Only GET is answered here", field="method")
            response["Allow"] = METHODS
            return response
        try:
            return view(request, *args, **kwargs)
        except SelectionError as error:
            return refusal(400, error.code, str(error), field=error.field)
        except Exception:
            logger.exception("CASE request failed")
            return refusal(500, "internal_server_error", "Something went wrong here", field="server")

    return answered
