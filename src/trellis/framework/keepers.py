"""Pages that are only for those who keep the framework; to everyone else they are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from trellis.framework.access import keeps_framework

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def keepers_only(view: View[P]) -> View[P]:
    """Answer "not found" to a viewer who does not keep the framework; such pages are shown and take forms."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not keeps_framework(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(checked)
