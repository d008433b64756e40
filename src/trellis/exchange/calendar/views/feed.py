"""The feed itself: whoever holds its address reads it, without signing in; all else is not found."""

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from trellis.exchange.calendar.access import feed_behind
from trellis.exchange.calendar.actions import note_fetch
from trellis.exchange.calendar.queries import entries_of, name_of
from trellis.exchange.calendar.writer import MIME, calendar_bytes
from trellis.exchange.models import CalendarFeed

# Calendar programs ask a few times a day; a person who tries things out, somewhat more often.
_AT_MOST, _WITHIN = 60, 60 * 60


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Send the calendar, or say that nothing has changed."""
    found = feed_behind(token)
    if found is None:
        raise Http404
    if _too_often(found):
        return HttpResponse(status=429, headers={"Retry-After": str(_WITHIN)})
    with override(found.person.language):
        content = calendar_bytes(name_of(found), entries_of(found))
    fingerprint = hashlib.sha256(content).hexdigest()
    note_fetch(found, content=fingerprint)
    answer = HttpResponse(content, content_type=MIME)
    answer.headers["Cache-Control"] = "private, max-age=900"
    answer.headers["Content-Disposition"] = 'inline; filename="trellis.ics"'
    changed = int(found.changed_at.timestamp())
    answer.headers["ETag"] = f'"{fingerprint}"'
    answer.headers["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, f'"{fingerprint}"', changed, answer) or answer


def _too_often(found: CalendarFeed) -> bool:
    key = f"calendar-feed:{found.uid}"
    if cache.add(key, 1, _WITHIN):
        return False
    try:
        return cache.incr(key) > _AT_MOST
    except ValueError:  # it has just run out
        return False
