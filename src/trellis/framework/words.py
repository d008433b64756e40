"""The words of an edition in the active language: another language's where they render the exact text, else its own."""

import hashlib
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

from trellis.framework.models import Edition, Wording

OWN = settings.LANGUAGE_CODE  # the language that editions are written in


def spoken_language() -> str:
    """Return the active language without its region: `es` for `es-mx`."""
    return (get_language() or OWN).partition("-")[0].lower()


def fingerprint(text: str) -> str:
    """Return what tells one text from all others: 32 letters and digits."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def wording_print(edition: Edition) -> str:
    """Return what changes when the words of an edition do in the active language; empty for its own language.

    No query for its own language, and none for another where the edition's framework was read with it.
    """
    return "" if spoken_language() == OWN else edition.framework.wording_print


class Words:
    """Texts of items in one language, by item, version and field; calling it gives the text to show."""

    def __init__(self, texts: Mapping[tuple[uuid.UUID, int, str, str], str]) -> None:
        self._texts = texts

    def __call__(self, uid: uuid.UUID, field: str, text: str, version: int = 1) -> str:
        """Return the rendering of an item's text, or the text itself when this very text has none."""
        if not self._texts or not text:
            return text
        return self._texts.get((uid, version, field, fingerprint(text)), text)


def words_for(edition: Edition) -> Words:
    """Return the words of an edition in the active language; one query, none for its own language.

    Every edition of a framework may use what was rendered for another, as long as item, version and text are the same.
    """
    language = spoken_language()
    if language == OWN:
        return Words({})
    rows = Wording.objects.filter(edition__framework_id=edition.framework_id, language=language)
    # The edition's own rendering comes last and wins.
    ordered = sorted(rows, key=lambda row: (row.edition_id == edition.pk, row.edition_id))
    return Words({(row.uid, row.version, row.field, row.source): row.text for row in ordered})
