"""Reads what somebody brings to be checked: a badge as JSON or as JWT, of any origin, without believing any of it."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 256 * 1024


class NotABadgeError(ValueError):
    """It is neither JSON nor a JWT, or nothing that a badge could be."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A document taken apart: what it says, what proves it, and which key that names. Equal ones say all the same."""

    content: dict[str, Any]
    proof: Any
    method: str

    @property
    def address(self) -> str:
        """Its own address, empty when it has none."""
        found = self.content.get("id")
        return found if isinstance(found, str) else ""

    @property
    def issuer(self) -> str:
        """The identifier of who claims to have issued it, empty when none is said."""
        found = self.content.get("issuer")
        found = found.get("id") if isinstance(found, dict) else found
        return found if isinstance(found, str) else ""


def read(text: str) -> Brought:
    """Take a badge apart; raises NotABadgeError."""
    if len(text.encode()) > MOST_BYTES:
        raise NotABadgeError
    if text.startswith("{"):
        content = _object(text)
        proof = content.pop("proof", None)
        method = proof.get("verificationMethod") if isinstance(proof, dict) else ""
    else:
        parts = text.split(".")
        if len(parts) != 3:
            raise NotABadgeError
        method, content, proof = _object(_plain(parts[0])).get("kid"), _object(_plain(parts[1])), text
    return Brought(content, proof, method if isinstance(method, str) else "")


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
        # What could not be shown again, such as half of a character, is in no badge.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise NotABadgeError from error
    if not isinstance(found, dict):
        raise NotABadgeError
    return found


def _plain(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise NotABadgeError from error
