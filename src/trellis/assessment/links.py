"""The links that raters get by mail: signed, so that a made-up one is refused before the database is asked."""

import secrets
import uuid
from dataclasses import dataclass

from django.core import signing

from trellis.assessment.models import ThreeSixty

_SALT = "trellis.three-sixty.link"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link holds: which 360, and the secret whose digest finds the rater."""

    three_sixty: uuid.UUID
    token: str


def new_token() -> str:
    """Return the secret part of a link; only its digest is kept."""
    return secrets.token_urlsafe(32)


def link_of(three_sixty: ThreeSixty, token: str) -> str:
    """Return the part of the address that stands for a rater."""
    return signing.Signer(salt=_SALT).sign(f"{three_sixty.uid.hex}.{token}")


def read_link(text: str) -> Link:
    """Return what a link holds; raises ValueError for one that we did not make."""
    try:
        uid, _, token = signing.Signer(salt=_SALT).unsign(text).partition(".")
    except signing.BadSignature as error:
        raise ValueError("not a link of ours") from error
    return Link(uuid.UUID(uid), token)
