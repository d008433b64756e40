"""Sign-in: allauth's backend, for persons, by e-mail."""

from allauth.account.auth_backends import AuthenticationBackend

from trellis.people.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Password, e-mail link and passkey, as allauth does them; only active persons come in."""

    def get_user(self, user_id: int) -> Person | None:
        """Return the active person of that key, or None."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
