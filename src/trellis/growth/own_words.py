"""What a person writes for nobody but themselves: sealed under a key of their own, and gone when that is forgotten.

The why of a plan, reasons, notes, with whom, check-ins and reflections are kept this way. Only the pages of their owner
open them; no query, export or page for anybody else may call `own_words`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from trellis.core import sealing
from trellis.growth.models import OwnKey
from trellis.people.models import Person

_PURPOSE = "own-words"
# Filled up with spaces to whole blocks, so that the length does not tell a "no" from a long story.
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Opens what one person has sealed; without their key all of it is empty."""

    _key: bytes | None

    def read(self, sealed: bytes | memoryview) -> dict[str, str]:
        """Return the words by name, none when nothing was written or the key is forgotten; raises SealBrokenError."""
        if not sealed or self._key is None:
            return {}
        words: dict[str, str] = json.loads(sealing.unseal(bytes(sealed), self._key))
        return words


def own_words(person: Person) -> OwnWords:
    """Return what opens a person's own words; one query."""
    kept = OwnKey.objects.filter(person=person).first()
    return OwnWords(_unwrapped(kept) if kept else None)


@transaction.atomic
def seal_words(person: Person, words: Mapping[str, str]) -> bytes:
    """Return words sealed for a person, without those that are empty; makes their key when they have none.

    Nothing at all is sealed as nothing, so that an empty field needs no key.
    """
    said = {name: text for name, text in words.items() if text}
    if not said:
        return b""
    made = sealing.seal(sealing.new_key(), sealing.site_key(_PURPOSE))
    # Held, so that two first words at once are sealed under the same key.
    kept, _new = OwnKey.objects.select_for_update().get_or_create(person=person, defaults={"wrapped": made})
    plain = json.dumps(said, ensure_ascii=False).encode()
    return sealing.seal(plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK), _unwrapped(kept))


def _unwrapped(kept: OwnKey) -> bytes:
    return sealing.unseal(bytes(kept.wrapped), sealing.site_key(_PURPOSE))
