"""Hands out the feed: of all, or of a unit and those inside it; to everybody, signed in or not."""

import json
from urllib.parse import urlencode, urljoin
from uuid import UUID

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from trellis.core import clock
from trellis.exchange.feed.document import MEDIA_TYPE, page_of_feed
from trellis.exchange.open_answers import opened, with_etag
from trellis.learning.access import public_offerings, public_sessions
from trellis.people.models import Unit, within

PER_PAGE = 50


@require_safe
def feed(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """Send a page of the feed, the nearest session first, or say that nothing has changed.

    The language is that of `lang`, else what the program says it prefers. A unit is found only where it, or one inside
    it, has something that is public: all other units are nobody's business.
    """
    found = _unit(uid) if uid else None
    sessions = public_sessions().filter(ends_at__gt=clock.now()).select_related("offering", "unit")
    if found:
        sessions = sessions.filter(within([found], "unit__"))
    pages = Paginator(sessions.order_by("starts_at", "pk"), PER_PAGE)
    try:
        page = pages.page(request.GET.get("page", "1"))
    except InvalidPage as error:
        raise Http404 from error
    asked = request.GET.get("lang", "")
    lang = asked if asked in dict(settings.LANGUAGES) else ""
    with override(lang or get_language()):
        content = page_of_feed(
            page.object_list,
            found,
            own_url=_address(request, lang, 1),
            next_url=_address(request, lang, page.next_page_number()) if page.has_next() else "",
        )
    answer = HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type=MEDIA_TYPE)
    answer["Content-Language"] = content["language"]
    answer["Cache-Control"] = "public, max-age=300"
    # Which language it is in may be said by the header, or by the cookie of somebody who chose one here.
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return opened(with_etag(request, answer))


def _unit(uid: UUID) -> Unit:
    """Return a unit that has something public; raises Http404."""
    unit = get_object_or_404(Unit, uid=uid)
    inside = within([unit], "unit__")
    if not public_offerings().filter(inside).exists() and not public_sessions().filter(inside).exists():
        raise Http404
    return unit


def _address(request: HttpRequest, lang: str, page: int) -> str:
    query = {name: value for name, value in (("lang", lang), ("page", page if page > 1 else "")) if value}
    return urljoin(settings.TRELLIS_URL, request.path) + (f"?{urlencode(query)}" if query else "")
