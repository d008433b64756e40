"""Codes, labels and names for items that a document brings and no edition had before."""

import re
import unicodedata
from collections.abc import Collection, Iterable

SHORT = 40
_MOST_INITIALS = 6
_LITTLE = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "with")
)
_WORD = re.compile(r"[A-Za-z0-9]+")
_END_NUMBER = re.compile(r"\.(\d+)$")


def domain_code(name: str, taken: Collection[str]) -> str:
    """Return a free code made of the name's initials (or the first letters of a single word)."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in _WORD.findall(ascii_name) if word.lower() not in _LITTLE]
    initials = "".join(word[0] for word in words)[:_MOST_INITIALS] if len(words) > 1 else "".join(words)[:3]
    code = stem = initials.upper() or "D"
    number = 1
    while code in taken:
        number += 1
        code = f"{stem}{number}"
    return code


def next_number(codes: Iterable[str]) -> int:
    """Return the number after the highest that ends one of these codes (`ADV.5` gives 6), 1 when there is none."""
    found = (_END_NUMBER.search(code) for code in codes)
    return max((int(match[1]) for match in found if match), default=0) + 1


def short_label(name: str, longest: int = SHORT) -> str:
    """Return the beginning of a name, cut at a word, without a dangling little word."""
    if len(name) <= longest:
        return name
    words = name[: longest + 1].split(" ")[:-1]
    while len(words) > 1 and words[-1].lower().strip(",;") in _LITTLE:
        words.pop()
    return " ".join(words).rstrip(" ,;:(-–") or name[:longest]


def title_name(name: str) -> str:
    """Return a name that is set in capitals as a name in ordinary letters: `LEADING OF ALL` is `Leading of All`."""
    if not name.isupper():
        return name
    words = name.lower().split(" ")
    return " ".join(
        word if place and word in _LITTLE else word[:1].upper() + word[1:] for place, word in enumerate(words)
    )
