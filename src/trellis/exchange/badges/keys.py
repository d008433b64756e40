"""The issuer's keys: the first is made when it is needed, a new one takes its place, the old ones stay published."""

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from openbadgeslib.ob3.did import multikey_from_pem, resolve_did

from trellis.core import audit, clock
from trellis.core.sealing import SealBrokenError, seal, site_key, unseal
from trellis.exchange.badges.addresses import issuer_did, method_id
from trellis.exchange.models import IssuerKey

_PURPOSE = "issuer key"


class KeyUnreadableError(Exception):
    """The private key cannot be opened: the site's secret has changed since it was made."""


@dataclass(frozen=True, slots=True)
class Signer:
    """What signing needs: the key's row, its address, and its private half, which is never printed."""

    key: IssuerKey
    method: str
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def pem(self) -> bytes:
        """The private half as the badge library wants it."""
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def signer() -> Signer:
    """Return the key in use, ready to sign; makes the first one. One query, and a few more for the first.

    Raises KeyUnreadableError when the site's secret is another than when the key was made.
    """
    key = IssuerKey.objects.filter(in_use=True).first() or _first()
    try:
        seed = unseal(bytes(key.sealed), site_key(_PURPOSE))
    except SealBrokenError as error:
        raise KeyUnreadableError(
            f"{key.name} cannot be opened: TRELLIS_SECRET_KEY has changed. Make a new one: trellis rotate_issuer_key"
        ) from error
    return Signer(key, method_id(key.name), Ed25519PrivateKey.from_private_bytes(seed))


@transaction.atomic
def rotate_key(*, leaked: bool = False) -> IssuerKey:
    """Retire the key in use and make the next; with `leaked` the old one also stops counting as ours."""
    IssuerKey.objects.select_for_update().filter(in_use=True).update(
        in_use=False, is_leaked=leaked, retired_at=clock.now(), sealed=b""
    )
    return _make()


def public_pem(key: IssuerKey) -> bytes:
    """Return the public half of a key, in use or retired, as the badge library wants it."""
    return bytes(resolve_did(f"did:key:{key.public}"))


def did_document() -> dict[str, Any]:
    """Return the issuer's document with every key that counts, the one in use first; makes the first key."""
    keys = list(IssuerKey.objects.filter(is_leaked=False)) or [_first()]
    methods = [
        {
            "id": method_id(key.name),
            "type": "Multikey",
            "controller": issuer_did(),
            "publicKeyMultibase": key.public,
        }
        for key in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer_did(),
        "verificationMethod": methods,
        # Retired keys too, or what they signed would no longer hold.
        "assertionMethod": [method["id"] for method in methods],
    }


def _first() -> IssuerKey:
    try:
        with transaction.atomic():
            return _make()
    except IntegrityError:  # somebody else was quicker
        return IssuerKey.objects.get(in_use=True)


def _make() -> IssuerKey:
    private = Ed25519PrivateKey.generate()
    pem = private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    last = IssuerKey.objects.order_by("-number").values_list("number", flat=True).first() or 0
    key = IssuerKey.objects.create(
        number=last + 1,
        public=multikey_from_pem(pem),
        sealed=seal(private.private_bytes_raw(), site_key(_PURPOSE)),
    )
    audit.record(by=None, action="exchange.issuer_key.make", target=f"issuer_key:{key.number}")
    return key
