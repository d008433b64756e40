"""A person's badges as one signed transcript: Comprehensive Learner Record 2.0, in as many parts as its limit asks."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from openbadgeslib.ob3.ldp import MAX_LDP_DOCUMENT_BYTES

from trellis.core import audit, clock
from trellis.core.ids import new_uid
from trellis.exchange.badges.issuer import issuer_profile
from trellis.exchange.badges.keys import signer
from trellis.exchange.badges.moments import written
from trellis.exchange.badges.signing import transcript_with_proof
from trellis.exchange.badges.subject import subject_of
from trellis.exchange.models import SignedDocument, Transcript
from trellis.people.models import Person

# The order counts: the CLR context must come before that of Open Badges.
CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
# What stands around the badges, the proof, and the order of their levels take less than this.
_AROUND = 16 * 1024


def in_parts(
    badges: Iterable[SignedDocument], most: int = MAX_LDP_DOCUMENT_BYTES - _AROUND
) -> list[list[SignedDocument]]:
    """Return signed badges in parts that each fit into one transcript; in their order, one part when all fit."""
    parts: list[list[SignedDocument]] = []
    room = 0
    for badge in badges:
        size = len(badge.document.encode()) + 1
        if not parts or size > room:
            parts.append([])
            room = most
        parts[-1].append(badge)
        room -= size
    return parts


def badges_for_transcript(person: Person) -> list[SignedDocument]:
    """Return the signed badges that hold today, with their credentials, the earliest first; one query."""
    found = SignedDocument.objects.filter(credential__person=person, credential__revoked_at=None)
    rows = found.exclude(credential__valid_until__lt=clock.today()).order_by("credential__issued_at", "credential_id")
    return list(rows.select_related("credential"))


def transcript_of(
    uid: UUID, badges: Sequence[SignedDocument], *, subject: dict[str, Any], title: str
) -> dict[str, Any]:
    """Return the transcript of these badges, unsigned; it says which levels of one theme come before which."""
    members = [json.loads(badge.document) for badge in badges]
    return {
        "@context": CONTEXTS,
        "id": f"urn:uuid:{uid}",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": title,
        "issuer": issuer_profile(),
        "validFrom": written(clock.now()),
        "credentialSubject": {
            "type": ["ClrSubject"],
            **subject,
            "verifiableCredential": members,
            **_ladders(badges, [member["credentialSubject"]["achievement"]["id"] for member in members]),
        },
    }


@transaction.atomic
def sign_transcript(part: int, *, by: Person) -> str:
    """Sign one part (from 1) of the person's own transcript; returns the JSON.

    Raises ValidationError when there is no such part, and KeyUnreadableError when the site cannot sign.
    """
    parts = in_parts(badges_for_transcript(by))
    if not 1 <= part <= len(parts) or not by.email:
        raise ValidationError(_("There is nothing to put into a transcript."))
    key, uid = signer(), new_uid()
    title = _("Leadership transcript")
    if len(parts) > 1:
        title = _("Leadership transcript, part %(part)d of %(all)d") % {"part": part, "all": len(parts)}
    document = transcript_of(uid, parts[part - 1], subject=subject_of(by.email, ""), title=title)
    text = json.dumps(transcript_with_proof(document, key), ensure_ascii=False)
    Transcript.objects.create(uid=uid, person=by, digest=digest_of(json.loads(text)), key=key.key)
    audit.record(
        by=by,
        action="exchange.transcript.sign",
        target=f"transcript:{uid}",
        detail={"badges": len(parts[part - 1]), "part": part},
    )
    return text


def digest_of(document: dict[str, Any]) -> str:
    """Return what recognises a transcript, however its JSON is set."""
    plain = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _ladders(badges: Sequence[SignedDocument], achievements: Sequence[str]) -> dict[str, Any]:
    """Say of the levels of one theme that are in here which comes before which."""
    rungs: dict[tuple[int | None, UUID | None], dict[int, str]] = defaultdict(dict)
    for badge, achievement in zip(badges, achievements, strict=True):
        held = badge.credential
        if held.level is not None:
            rungs[held.edition_id, held.theme_uid][held.level] = achievement
    steps = [
        {"type": "Association", "associationType": "precedes", "sourceId": lower, "targetId": higher}
        for found in rungs.values()
        for lower, higher in pairwise(found[level] for level in sorted(found))
    ]
    return {"association": steps} if steps else {}
