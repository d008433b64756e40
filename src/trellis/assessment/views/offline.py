"""The service worker, served from the root so that it may look after the assessment's pages."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

_SCRIPT = Path(__file__).parent.parent / "static" / "assessment" / "sw.js"


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the script; the browser asks again at every visit, so a new release takes over at once."""
    answer = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
