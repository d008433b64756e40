"""Repairs the wording of one text: broken words, broken slashes, missing spaces and left-over marks."""

import re
from dataclasses import dataclass

from trellis.framework.reader.emphasis import without_emphasis
from trellis.framework.reader.hyphens import mended
from trellis.framework.reader.marks import without_marks
from trellis.framework.reader.vocabulary import Vocabulary

# The patterns begin with the sign itself and look back over it, because that is what makes searching for them quick.
SLASH_THEN_SPACE = re.compile(r"/ (?<=[^\W\d_]/ )(?=[^\W\d_])")
SPACE_THEN_SLASH = re.compile(r" /(?<=[^\W\d_] /)(?=[^\W\d_])")
# Two small letters before the stop rule out "e.g.", three letters after it rule out most names of files.
TIGHT_STOP = re.compile(r"\.(?<=[^\W\d_A-Z]{2}\.)(?=[A-Z][a-z]{2})")
WEB_ENDINGS = ("com", "edu", "gov", "net", "org")


@dataclass(frozen=True, slots=True)
class Wording:
    """Repairs texts with the words of their document as evidence."""

    vocabulary: Vocabulary

    def repaired(self, text: str) -> str:
        """The text as its author meant to set it."""
        text = " ".join(without_emphasis(text).split())
        text = mended(text, self.vocabulary)
        if "/" in text:
            text = SPACE_THEN_SLASH.sub("/", SLASH_THEN_SPACE.sub("/", text))
        if TIGHT_STOP.search(text):
            text = " ".join(_spaced(token) for token in text.split(" "))
        return without_marks(text)


def _spaced(token: str) -> str:
    address = "@" in token or "//" in token or token.lower().startswith("www.")
    if address or token.rstrip(".,;:!?)").lower().endswith(tuple("." + ending for ending in WEB_ENDINGS)):
        return token
    return TIGHT_STOP.sub(". ", token)
