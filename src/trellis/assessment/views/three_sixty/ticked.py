"""Reads which flagged addresses were ticked, on the pages of the rated person and of the coach."""

from uuid import UUID

from django.http import HttpRequest


def ticked(request: HttpRequest) -> set[UUID]:
    """Return the uids that were ticked; what is no uid is passed over."""
    found = set()
    for text in request.POST.getlist("confirm"):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found
