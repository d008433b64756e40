"""Words without capitals and accents, and marks around them in a text: all escaped, and only whole words marked."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WORD = re.compile(r"[^\W_]+")
_ENDING = 3  # letters in which a word and what was asked for may differ at the end: organize, organizing


def words_of(text: str) -> list[str]:
    """Return the words of a text, small and without accents, in order and each once."""
    return list(dict.fromkeys(_WORD.findall(folded(text))))


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return the text as HTML with <mark> around each word that begins like one of `words` (as from `words_of`)."""
    pairs, done = [], 0
    for found in _WORD.finditer(text):
        if _is_meant(folded(found.group()), words):
            pairs.append((text[done : found.start()], found.group()))
            done = found.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pairs), text[done:])


def _is_meant(word: str, asked: Sequence[str]) -> bool:
    return any(word.startswith(term) or _shared(word, term) >= max(4, len(term) - _ENDING) for term in asked)


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def folded(text: str) -> str:
    """Return a text as it is searched: without capitals and accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
