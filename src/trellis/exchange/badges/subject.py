"""Whom a credential is about: a salted digest of their address, or an identifier of their own; never a name or address.

Who knows the address can tell that it fits, and nobody can read it from the digest. Each credential has a salt of its
own, so that two of them do not show that they are one person's.
"""

import hashlib
import re
import secrets
from typing import Any

# did:web, did:key and did:jwk are what wallets hand out; the characters are those of the DID standard.
DID = re.compile(r"did:(web|key|jwk):[A-Za-z0-9._:%-]{1,480}")


def subject_of(email: str, did: str) -> dict[str, Any]:
    """Return how a credential names its holder: by their DID where they gave one, else by a digest of their address."""
    if did:
        return {"id": did}
    salt = secrets.token_hex(16)
    digest = hashlib.sha256(f"{email.strip().lower()}{salt}".encode()).hexdigest()
    return {
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": f"sha256${digest}",
                "identityType": "emailAddress",
                "salt": salt,
            }
        ]
    }


def is_for(identifier: dict[str, Any], email: str) -> bool:
    """Say whether an IdentityObject is about this address."""
    plain = f"{email.strip().lower()}{identifier.get('salt', '')}"
    return identifier.get("identityHash") == f"sha256${hashlib.sha256(plain.encode()).hexdigest()}"
