"""Doing what a button asks for, and saying what came of it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str = "") -> bool:
    """Do it; say `done`, or why it could not be done. Returns whether it was."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    if done:
        messages.success(request, done)
    return True


def posted_uid(request: HttpRequest, name: str) -> UUID | None:
    """Return the uid that a form sent under this name, or None, which nothing has, for anything else."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, an empty one too, or None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
