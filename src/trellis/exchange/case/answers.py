"""How CASE is answered: JSON with an ETag for everybody's scripts to read, and refusals in the standard's own form."""

import hashlib
import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from trellis.exchange.case.model import CodeMinor, CodeMinorField, StatusInfo
from trellis.exchange.case.selection import SelectionError

logger = logging.getLogger(__name__)
JSON = "application/json"
_EXPOSED = "ETag, Link, X-Total-Count"


def answer(request: HttpRequest, content: Any, headers: dict[str, str] | None = None) -> HttpResponseBase:
    """Return an object as JSON, or "not changed" to who has it already."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=JSON, headers={"ETag": etag, **(headers or {})})
    # Others may keep it for minutes; after that they ask whether it still holds.
    response["Cache-Control"] = "public, max-age=300"
    found = get_conditional_response(request, etag=etag, response=response)
    return _open(found if found is not None else response)


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
    _open(response)
    return response


def in_standard_form(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view's refusals, and its failures, the form of the standard."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"}))
        if request.method not in ("GET", "HEAD"):
            response = refusal(405, "forbidden", "Only GET is answered here", field="method")
            response["Allow"] = "GET, HEAD, OPTIONS"
            return response
        try:
            return view(request, *args, **kwargs)
        except SelectionError as error:
            return refusal(400, error.code, str(error), field=error.field)
        except Exception:
            logger.exception("CASE request failed")
            return refusal(500, "internal_server_error", "Something went wrong here", field="server")

    return answered


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response["Access-Control-Expose-Headers"] = _EXPOSED
    return response
