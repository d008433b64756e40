"""Seals what nobody may read for a while, or ever again: AES-256-GCM, and keys that can be forgotten.

A key of its own seals the thing; the site's secret wraps that key. Whoever deletes the wrapped key has shredded
everything that it sealed, in backups of the thing too.
"""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


class SealBrokenError(Exception):
    """What was sealed cannot be opened: another key, another purpose, or somebody has changed it."""


def new_key() -> bytes:
    """Return a random key, 32 bytes."""
    return AESGCM.generate_key(256)


def seal(content: bytes, key: bytes) -> bytes:
    """Return the content sealed with a key; twice the same content gives two different results."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def unseal(sealed: bytes, key: bytes) -> bytes:
    """Return what was sealed; raises SealBrokenError."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise SealBrokenError from error


def site_key(purpose: str) -> bytes:
    """Return the site's own key for one purpose, drawn from its secret; 32 bytes."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"trellis:{purpose}".encode())
    return kdf.derive(settings.SECRET_KEY.encode())


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret, hex: enough to recognise it, useless to present it."""
    return hashlib.sha256(secret.encode()).hexdigest()
