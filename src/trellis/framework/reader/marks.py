"""Footnote marks: the signs in a name that point to a definition, and the same signs in front of the definition."""

import re

# Every pattern here is bounded, so that a line of a million marks costs no more than a line of a million letters.
NOTATION = re.compile(r"\s?(?:\^\{[^{}]{0,12}\}|<sup>[^<>]{0,12}</sup>|\[\^[^\[\]]{1,20}\]|\^[\d*†‡]{1,3}\^?(?!\w))")
SIGNS = "*†‡§¶"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
ANY = re.compile(f"[{SIGNS}{RAISED}]")
# The patterns begin with the sign and look back over it, which is quick to search for.
SIGN_AFTER_WORD = re.compile(rf"[{SIGNS}](?<=[\w.,;:!?)\]'\"’”].)[{SIGNS}]{{0,3}}(?![\w*])")
# After one or two letters a raised digit is a power ("km²"), after a longer word it is a mark.
RAISED_AFTER_WORD = re.compile(
    rf"[{RAISED}](?:(?<=[^\W\d_]{{3}}.)|(?<=[.,;:!?)\]'\"’”].)|(?<= .))[{RAISED}]{{0,2}}(?=[^\w]|$)"
)
LEADING = re.compile(
    rf"\s*(?:\^\{{[^{{}}]{{0,12}}\}}|\^[\d*†‡]{{1,3}}\^?|<sup>[^<>]{{0,12}}</sup>|\[\^[^\[\]]{{1,20}}\]:?|\\?[{SIGNS}]{{1,4}}|[{RAISED}]{{1,3}})\s*"
)
NUMBERED = re.compile(r"\s*\d{1,2}[.)]?\s+(?=[^\W\d_a-z])")


def without_marks(text: str) -> str:
    """The text without marks that stand after a word, after a full stop or at the end."""
    if "^" in text or "<sup>" in text:
        text = NOTATION.sub("", text)
    if not ANY.search(text):
        return text
    text = SIGN_AFTER_WORD.sub("", text)
    text = RAISED_AFTER_WORD.sub("", text)
    return " ".join(text.rstrip(SIGNS + " ").split())


def starts_with_mark(text: str) -> bool:
    """Whether a footnote mark stands in front of the text."""
    return LEADING.match(text) is not None


def without_leading_mark(text: str) -> str:
    """The text behind its footnote mark."""
    found = LEADING.match(text) or NUMBERED.match(text)
    return text[found.end() :] if found else text
