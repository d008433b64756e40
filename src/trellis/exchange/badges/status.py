"""Where a verifier asks whether a credential was revoked: a place drawn by chance, and the signed list of places."""

import datetime as dt
import hashlib
import json
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q
from openbadgeslib.ob3.status_list import build_status_list_credential, status_entry

from trellis.core import audit, clock
from trellis.exchange.badges.addresses import absolute, issuer_did
from trellis.exchange.badges.keys import signer
from trellis.exchange.badges.signing import with_proof
from trellis.exchange.models import StatusList, StatusPlace
from trellis.exchange.models.status_list import PLACES
from trellis.growth.models import Credential

_PURPOSE = "revocation"
# A copy that somebody kept from before a revocation is worth nothing after a week; ours is never older than a day.
_HOLDS = dt.timedelta(days=7)
_FRESH = dt.timedelta(days=1)
# So many places are drawn at once; when all are taken, the list is so full that the next one begins.
_DRAWN = 8


def draw_place(credential: Credential) -> StatusPlace:
    """Give a credential a free place, drawn by chance, so that neither order nor number can be read from it."""
    last = StatusList.objects.select_for_update().order_by("number").last() or StatusList.objects.create(number=1)
    drawn = [secrets.randbelow(PLACES) for _ in range(_DRAWN)]
    taken = set(last.places.filter(place__in=drawn).values_list("place", flat=True))
    free = next((place for place in drawn if place not in taken), None)
    if free is None:
        last, free = StatusList.objects.create(number=last.number + 1), drawn[0]
    return StatusPlace.objects.create(status_list=last, place=free, credential=credential)


def entry_for(place: StatusPlace) -> dict[str, Any]:
    """Return what a credential says about where its status is."""
    entry: dict[str, Any] = status_entry(_address(place.status_list), _PURPOSE, place.place)
    return entry


def signed_list(found: StatusList) -> str:
    """Return a list as signed JSON: as it was signed last, or anew when it says something else or is a day old."""
    key = signer()
    gone = Q(credential=None) | Q(credential__revoked_at__isnull=False)
    revoked = sorted(found.places.filter(gone).values_list("place", flat=True))
    says = hashlib.sha256(f"{key.method} {revoked}".encode()).hexdigest()
    now = clock.now()
    if found.says != says or found.signed_at is None or not now - _FRESH < found.signed_at <= now:
        document = build_status_list_credential(
            issuer_did(), _address(found), _PURPOSE, revoked, PLACES, issued=now, valid_until=now + _HOLDS
        )
        found.document, found.says, found.signed_at = json.dumps(with_proof(document, key)), says, now
        with transaction.atomic():
            found.save(update_fields=["document", "says", "signed_at"])
            audit.record(
                by=None,
                action="exchange.status_list.sign",
                target=f"status_list:{found.number}",
                detail={"revoked": len(revoked)},
            )
    return found.document


def _address(found: StatusList) -> str:
    return absolute("badges:status", number=found.number)
