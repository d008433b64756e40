"""What people holds of a person: which secrets go along when everything is taken out."""

from trellis.core.registry import Leaving, leaving

_NOT_USED = "Django makes it anew, and Trellis does not use it."
_STAYS = {
    "people.Person.password": "Passwords, even hashed, stay: people sign in by a link in a mail, and choose a new one.",
    "account.EmailConfirmation": "Links in mails belong to the site that sent them.",
    "mfa.Authenticator": "Second steps of signing in stay: they are set up anew, for the address of the new site.",
    "sessions.Session": "Nobody stays signed in.",
    "auth.Permission": _NOT_USED,
    "auth.Group": _NOT_USED,
    "contenttypes.ContentType": _NOT_USED,
}


def register_person_data() -> None:
    """Register it; called once, at start."""
    for key, why in _STAYS.items():
        leaving.register(Leaving(key, leaves=False, why=why, instead="!"))
