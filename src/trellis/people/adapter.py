"""What allauth asks us: who may open an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Anyone may open an account; membership, and all that comes with it, is given by the association."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say yes: a new person sees the framework and their own file, and nothing of others."""
        return True

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Do nothing: a person signs in by e-mail and has no other name for it."""
