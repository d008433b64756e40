"""How the catalogue finds words: small letters, no accents, so that every database finds the same."""

import unicodedata

MOST_WORDS = 12


def folded(text: str) -> str:
    """Return a text as it is searched: without capitals, accents and line breaks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(part for part in parts if not unicodedata.combining(part)).split())


def words_in(question: str) -> tuple[str, ...]:
    """Return the words of a question as they are looked for, each once; what is no letter or digit parts them."""
    kept = "".join(letter if letter.isalnum() else " " for letter in folded(question))
    return tuple(dict.fromkeys(kept.split()))[:MOST_WORDS]
