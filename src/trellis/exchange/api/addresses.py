"""Addresses below /api/v1/: the interface's own, each behind the door."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from trellis.exchange.api.door import nothing, through_the_door
from trellis.exchange.api.site import build

_LIBRARYS_OWN = {"api-root"}


def _behind_the_door() -> Iterator[URLPattern]:
    for pattern in build().urls[0]:
        if isinstance(pattern, URLPattern) and pattern.callback is not None and pattern.name not in _LIBRARYS_OWN:
            yield path(str(pattern.pattern), through_the_door(pattern.callback), name=pattern.name)


app_name = "api"
urlpatterns = [
    *_behind_the_door(),
    path("", through_the_door(nothing), name="start"),
    path("<path:rest>", through_the_door(nothing), name="nothing"),
]
