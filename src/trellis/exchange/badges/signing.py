"""Signs documents in the two ways of Open Badges 3.0: a proof inside the JSON, or a JWT around it. No network."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from openbadgeslib.ob3.clr import sign_clr_credential
from openbadgeslib.ob3.ldp import add_data_integrity_proof

from trellis.core import clock
from trellis.exchange.badges.keys import Signer


def with_proof(document: dict[str, Any], signer: Signer) -> dict[str, Any]:
    """Return the document with a DataIntegrityProof (eddsa-rdfc-2022); its contexts come with the library."""
    signed: dict[str, Any] = add_data_integrity_proof(document, signer.pem, signer.method, created=clock.now())
    return signed


def transcript_with_proof(document: dict[str, Any], signer: Signer) -> dict[str, Any]:
    """Return a CLR with its proof; raises ErrorSigningFile above 256 KiB."""
    signed: dict[str, Any] = sign_clr_credential(document, signer.pem, signer.method)
    return signed


def as_jwt(document: Mapping[str, Any], signer: Signer, **claims: Any) -> str:
    """Return a JWT (EdDSA) whose payload is the document with some claims, and whose header names the key.

    The library's own signer puts the key itself in the header and not its name, so that a verifier could not tell
    which of the keys in did.json it is after a rotation.
    """
    header = {"alg": "EdDSA", "kid": signer.method, "typ": "JWT"}
    signed = f"{_part(header)}.{_part({**document, **claims})}"
    return f"{signed}.{_plain(signer.private.sign(signed.encode()))}"


def _part(content: Mapping[str, Any]) -> str:
    return _plain(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
