"""What exchange holds of a person: which secrets go along when everything is taken out."""

from trellis.core.registry import Leaving, leaving

_SEALED = "It is sealed by the site's own secret key, which is in no file."
_DIGEST = "It is the digest of a random secret: nobody can get in with it."
_LEAVES = {
    "exchange.CalendarFeed.digest": _DIGEST,
    "exchange.IssuerKey.sealed": _SEALED,
}


def register_person_data() -> None:
    """Register it; called once, at start."""
    for key, why in _LEAVES.items():
        leaving.register(Leaving(key, leaves=True, why=why))
