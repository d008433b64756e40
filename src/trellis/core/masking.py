"""Takes out of a text what would say whose it is: names, words of places, addresses, telephone numbers."""

import re
from collections.abc import Iterable

MASK = "[…]"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_LINK = r"(?:https?://|www\.)\S+"
# Seven digits and more, however they are grouped: shorter ones are years, rooms and numbers of people.
_PHONE = r"\+?\(?\d(?:[ ().\-/]{0,3}\d){6,}"
_SHORT = 2
_CONTACT = re.compile(f"{_MAIL}|{_LINK}|{_PHONE}")


def without_words(text: str, words: Iterable[str], *, as_written: bool = False) -> str:
    """Take these words out, as whole words; whatever their case, unless `as_written`."""
    found = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    if not found:
        return text
    pattern = "|".join(re.escape(word) for word in found)
    flags = re.NOFLAG if as_written else re.IGNORECASE
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", MASK, text, flags=flags)


def without_names(text: str, names: Iterable[str]) -> str:
    """Take names out, whole or in parts; parts of two letters only as they are written, since An is not "an"."""
    names = list(names)
    parts = {part for name in names for part in re.findall(r"\w{2,}", name)}
    long = {part for part in parts if len(part) > _SHORT}
    text = without_words(text, [*(name for name in names if len(name) > _SHORT), *long])
    return without_words(text, parts - long, as_written=True)


def without_contact(text: str) -> str:
    """Take out e-mail addresses, links and telephone numbers."""
    return _CONTACT.sub(MASK, text)
