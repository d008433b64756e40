"""Says of a badge whether it is good: signed by us and unchanged, not taken back, and in its time.

What somebody brings is compared with what we keep, word by word, and only what we keep is worked on: a made-up
document never reaches the part that takes long.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from openbadgeslib.ob3.ldp import verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError

from trellis.exchange.badges.addresses import issuer_did
from trellis.exchange.badges.brought import Brought, NotABadgeError, read
from trellis.exchange.badges.keys import public_pem
from trellis.exchange.badges.subject import is_for
from trellis.exchange.badges.transcript import digest_of
from trellis.exchange.models import IssuerKey, SignedDocument, Transcript
from trellis.growth.models import Credential

_OURS = re.compile(r"/badges/credentials/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
_TRANSCRIPT = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_KEY = re.compile(r"#key-([0-9]{1,6})$")


class Found(StrEnum):
    """What a check has found."""

    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"
    CHANGED = "changed"
    OUTDATED = "outdated"  # signed with a key that leaked since
    FORGOTTEN = "forgotten"  # it says that it is ours, and we have no record of it
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, about which of our credentials; and for an address that was asked about, whether it fits.

    A transcript that is as we signed it has no credential of its own, but those in it: what became of each.
    """

    found: Found
    credential: Credential | None = None
    fits: bool | None = None
    issuer: str = ""
    members: tuple[Credential, ...] = ()


def check_signed(signed: SignedDocument) -> Found:
    """Check a document of ours as it is kept: proof, revocation, and its dates today.

    No query when it was read with its key and credential.
    """
    if signed.key.is_leaked:
        return Found.OUTDATED
    try:
        verify_data_integrity_proof(json.loads(signed.document), public_pem(signed.key))
    except OB3VerificationError:
        return Found.CHANGED
    return state_of(signed.credential)


def state_of(credential: Credential) -> Found:
    """Say what has become of a credential, whatever is written on any copy of it."""
    if credential.is_revoked:
        return Found.REVOKED
    return Found.EXPIRED if credential.is_expired else Found.GOOD


def check_text(text: str, *, email: str = "") -> Check:
    """Check a badge or a transcript that somebody brings; with an address, also whether it is about that.

    One query, and a second for a transcript and for what is not as we signed it.
    """
    try:
        brought = read(text)
    except NotABadgeError:
        return Check(Found.UNREADABLE)
    transcript = _transcript(brought)
    if transcript is not None:
        return _check_transcript(brought, transcript, email)
    signed = _kept(brought)
    if signed is None:
        is_ours = brought.issuer == issuer_did()
        return Check(Found.FORGOTTEN if is_ours else Found.FOREIGN, issuer=brought.issuer)
    kept = read(signed.jwt if isinstance(brought.proof, str) else signed.document)
    if brought == kept:
        return Check(check_signed(signed), signed.credential, _fits(brought, email))
    if brought.content == kept.content and _is_leaked(brought.method):
        return Check(Found.OUTDATED)
    return Check(Found.CHANGED)


def _kept(brought: Brought) -> SignedDocument | None:
    address = _OURS.search(brought.address)
    if address is None:
        return None
    found = SignedDocument.objects.filter(credential__uid=UUID(address[1]))
    return found.select_related("key", "credential__edition__framework", "credential__person").first()


def _transcript(brought: Brought) -> Transcript | None:
    address = _TRANSCRIPT.fullmatch(brought.address)
    return Transcript.objects.filter(uid=address[1]).select_related("key").first() if address else None


def _check_transcript(brought: Brought, kept: Transcript, email: str) -> Check:
    """A transcript is not kept, but its digest is: the same digest is the same document, signature and all."""
    if digest_of(brought.content | {"proof": brought.proof}) != kept.digest:
        return Check(Found.CHANGED)
    if kept.key.is_leaked:
        return Check(Found.OUTDATED)
    inside = brought.content["credentialSubject"]["verifiableCredential"]
    uids = [found[1] for member in inside if (found := _OURS.search(member["id"]))]
    members = Credential.objects.filter(uid__in=uids).select_related("edition__framework")
    return Check(Found.GOOD, fits=_fits(brought, email), members=tuple(members))


def _is_leaked(method: str) -> bool:
    number = _KEY.search(method)
    return number is not None and IssuerKey.objects.filter(number=int(number[1]), is_leaked=True).exists()


def _fits(brought: Brought, email: str) -> bool | None:
    """Whether the badge is about an address: None when none was asked about, or the badge names a DID."""
    identifiers = brought.content["credentialSubject"].get("identifier", [])
    if not email or not identifiers:
        return None
    return any(is_for(identifier, email) for identifier in identifiers)
