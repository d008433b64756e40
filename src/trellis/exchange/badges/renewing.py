"""Signs again what was signed with a key that leaked: its words stay, and copies that people hold no longer count."""

import json

from django.db import transaction

from trellis.core import audit, clock
from trellis.exchange.badges.issuing import jwt_of
from trellis.exchange.badges.keys import signer
from trellis.exchange.badges.signing import with_proof
from trellis.exchange.models import SignedDocument


def sign_again() -> int:
    """Sign every document of a leaked key with the key in use; returns how many. Running it twice changes nothing."""
    keys = list(SignedDocument.objects.filter(key__is_leaked=True).order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        _sign_one(pk)
    return len(keys)


@transaction.atomic
def _sign_one(pk: int) -> None:
    """One at a time, so that a long run may be stopped and taken up again."""
    found = SignedDocument.objects.select_for_update(of=("self",)).select_related("credential").get(pk=pk)
    key = signer()
    document = json.loads(found.document)
    del document["proof"]
    found.document = json.dumps(with_proof(document, key), ensure_ascii=False)
    found.jwt = jwt_of(found.credential, document, key)
    found.key, found.signed_at = key.key, clock.now()
    found.save()
    audit.record(by=None, action="exchange.credential.sign_again", target=f"credential:{found.credential.uid}")
