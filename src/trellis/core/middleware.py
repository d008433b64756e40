"""Middleware that every answer passes: unused browser features are switched off, and tables are had as files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from trellis.core.sheets.page_table import page_table
from trellis.core.sheets.sending import ENDINGS, send_table

_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class PermissionsPolicy:
    """Adds the Permissions-Policy header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        return response


class TablesAsFiles:
    """Gives a table of a page as a file, when the page's own address says `?table=...&as=csv` or `xlsx`.

    The page itself is asked first, as this person and with all that the address says: who may not see it gets what
    they always get, and a look at somebody's file is written down as always.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name, ending = request.GET.get("table", ""), request.GET.get("as", "")
        if request.method != "GET" or not name or ending not in ENDINGS:
            return self.get_response(request)
        for header in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
            request.META.pop(header, None)  # they are about the page
        page = self.get_response(request)
        if not isinstance(page, HttpResponse) or page.status_code != 200:
            return page
        found = page_table(page.content.decode(), name) if page["Content-Type"].startswith("text/html") else None
        if found is None:
            raise Http404
        answer = send_table(name, ending, *found)
        answer.cookies = page.cookies
        return answer
