"""What allauth asks us: who may open an account, and what comes with a sign-in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from trellis.people.language import remember_language


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Anyone may open an account; membership, and all that comes with it, is given by the association."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say yes: a new person sees the framework and their own file, and nothing of others."""
        return True

    def new_user(self, request: HttpRequest) -> Any:
        """Begin a person who reads the language in which they found us."""
        person = super().new_user(request)
        person.language = get_language() or person.language
        return person

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Do nothing: a person signs in by e-mail and has no other name for it."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Go on in the person's own language."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_language(response, user.language)
        return response
