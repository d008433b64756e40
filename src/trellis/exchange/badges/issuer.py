"""The issuer as its credentials name it: the association, by its identifier and its site, and no mail address."""

from typing import Any

from django.conf import settings

from trellis.exchange.badges.addresses import issuer_did
from trellis.people.queries import association_name


def issuer_profile() -> dict[str, Any]:
    """Return the issuer's Profile; one query."""
    return {
        "id": issuer_did(),
        "type": ["Profile"],
        "name": association_name() or "Trellis",
        "url": settings.TRELLIS_URL,
    }
