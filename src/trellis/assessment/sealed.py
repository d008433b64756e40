"""A rater's answers while a 360 is open: sealed, and tied to the rater by nothing but a secret in their own browser."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from trellis.assessment.form import Point
from trellis.assessment.models import Envelope, ThreeSixty
from trellis.core import sealing

_PURPOSE = "three-sixty"
_BLOCK = 8192


@dataclass(frozen=True, slots=True)
class Letter:
    """What an envelope holds; `name` is only there for a kind of rater that is shown by name, and is told so."""

    relation: str
    name: str
    is_final: bool
    answers: dict[Point, int | None]
    remarks: dict[str, str]


def new_secret() -> str:
    """Return the secret that finds an envelope again; only the rater's browser keeps it."""
    return secrets.token_urlsafe(32)


def new_wrapped_key() -> bytes:
    """Return a new key for a 360's envelopes, wrapped by the site's secret."""
    return sealing.seal(sealing.new_key(), sealing.site_key(_PURPOSE))


def put(three_sixty: ThreeSixty, secret: str, letter: Letter) -> None:
    """Seal a letter in the envelope of this secret, in place of what was in it before.

    Raises SealBrokenError once the 360 is closed, because its key is forgotten.
    """
    _put(three_sixty, sealing.digest(secret), letter, _key(three_sixty))


def readdress(three_sixty: ThreeSixty, change: Callable[[Letter], Letter | None]) -> int:
    """Seal anew the letters that `change` returns another for; returns how many. In the caller's transaction.

    Letters that cannot be opened any more stay as they are: nobody will read them.
    """
    try:
        key = _key(three_sixty)
        letters = [(one.mark, _open(bytes(one.sealed), key)) for one in three_sixty.envelopes.all()]
    except sealing.SealBrokenError:
        return 0
    changed = [(mark, new) for mark, letter in letters if (new := change(letter)) is not None]
    for mark, letter in changed:
        _put(three_sixty, mark, letter, key)
    return len(changed)


def _put(three_sixty: ThreeSixty, mark: str, letter: Letter, key: bytes) -> None:
    content = {
        "relation": letter.relation,
        "name": letter.name,
        "final": letter.is_final,
        "answers": [[*point, value] for point, value in letter.answers.items()],
        "remarks": letter.remarks,
    }
    plain = json.dumps(content).encode()
    # Filled up with spaces, so that the length does not tell who wrote much and who answered little.
    sealed = sealing.seal(plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK), key)
    with transaction.atomic():
        # Taken out and put in again, so that where the row lies in the file says as little as can be.
        Envelope.objects.filter(mark=mark, three_sixty=three_sixty).delete()
        Envelope.objects.create(mark=mark, three_sixty=three_sixty, sealed=sealed)


def find(three_sixty: ThreeSixty, secret: str) -> Letter | None:
    """Return the letter in the envelope of this secret, or None; raises SealBrokenError once the 360 is closed."""
    envelope = Envelope.objects.filter(three_sixty=three_sixty, mark=sealing.digest(secret)).first()
    return _open(bytes(envelope.sealed), _key(three_sixty)) if envelope else None


def final_letters(three_sixty: ThreeSixty) -> list[Letter]:
    """Return all letters that were sent off, for closing; what was only begun is nobody's answer and is left out."""
    key = _key(three_sixty)
    letters = [_open(bytes(envelope.sealed), key) for envelope in three_sixty.envelopes.all()]
    return [letter for letter in letters if letter.is_final]


def _key(three_sixty: ThreeSixty) -> bytes:
    if three_sixty.key is None:
        raise sealing.SealBrokenError
    return sealing.unseal(bytes(three_sixty.key), sealing.site_key(_PURPOSE))


def _open(sealed: bytes, key: bytes) -> Letter:
    content = json.loads(sealing.unseal(sealed, key))
    return Letter(
        content["relation"],
        content["name"],
        content["final"],
        {Point(kind, about, aspect): value for kind, about, aspect, value in content["answers"]},
        content["remarks"],
    )
