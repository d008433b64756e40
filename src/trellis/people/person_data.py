"""What people holds of a person, what becomes of it at erasure, and which secrets go along when all is taken out."""

from django.utils.translation import gettext_lazy as _

from trellis.core.registry import (
    AtErasure,
    Erasure,
    Leaving,
    PersonKey,
    erasures,
    leaving,
    person_keys,
)
from trellis.people.sessions import end_sessions

_NOT_USED = "Django makes it anew, and Trellis does not use it."
_STAYS = {
    "people.Person.password": "Passwords, even hashed, stay: people sign in by a link in a mail, and choose a new one.",
    "account.EmailConfirmation": "Links in mails belong to the site that sent them.",
    "mfa.Authenticator": "Second steps of signing in stay: they are set up anew, for the address of the new site.",
    "core.BrowserSession": "Nobody stays signed in.",
    "auth.Permission": _NOT_USED,
    "auth.Group": _NOT_USED,
    "contenttypes.ContentType": _NOT_USED,
}
_KEYS = (
    PersonKey("people.Membership.person", _("Where I belong"), AtErasure.GOES, order=10),
    PersonKey("people.Term.person", _("Roles that I hold or held"), AtErasure.GOES, order=11),
    PersonKey("people.OwnGroup.person", _("What I said about myself"), AtErasure.GOES, order=12),
    PersonKey("account.EmailAddress.user", _("My e-mail addresses"), AtErasure.GOES, order=13),
    PersonKey(
        "mfa.Authenticator.user", _("My second steps of signing in"), AtErasure.GOES,
        fields=("type", "created_at", "last_used_at"), order=14,
    ),
    PersonKey("people.Look.person", _("Who looked at my file"), AtErasure.GOES, order=80),
    PersonKey(
        "people.Look.by", _("When I looked at files of others"), AtErasure.STOOD_IN, fields=("what", "at"), order=81,
        why=_("The list of who looked at their file is theirs. It stays, without your name."),
    ),
)  # fmt: skip


def register_person_data() -> None:
    """Register it; called once, at start."""
    for key, why in _STAYS.items():
        leaving.register(Leaving(key, leaves=False, why=why, instead="!"))
    for entry in _KEYS:
        person_keys.register(entry)
    erasures.register(
        Erasure(
            "people",
            before=end_sessions,
            keeps=_(
                "The record of what was done on this site, for 7 years: it shows that nobody changed anything in"
                " secret. It holds a random number in place of your name, and nothing will lead from it to you."
            ),
            order=10,
        )
    )
