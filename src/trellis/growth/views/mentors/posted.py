"""What was posted, for a form that is shown and sent at one address."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, even if nothing was filled in; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None
