"""Who is looking: the signed-in person of a request, with the type that the caller's app knows."""

from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

PersonT = TypeVar("PersonT", bound=AbstractBaseUser)


def viewer_of(request: HttpRequest, model: type[PersonT]) -> PersonT:
    """Return the signed-in person; raises PermissionDenied for a visitor (a view should ask for sign-in first)."""
    if isinstance(request.user, model):
        return request.user
    raise PermissionDenied
