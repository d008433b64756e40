"""Makes the characters of a document plain: spaces, hyphens and letters that only look different."""

# Joined letters that type-setting leaves behind. A whole NFKC pass would also turn a raised 7 into a plain one,
# and a footnote mark could no longer be told from a number.
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u202a\u202b\u202c\u202d\u202e"
CONTROLS = "".join(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r\x0b\x0c") + "\x7f"
HYPHENS = "\u2010\u2011"
SOFT_HYPHEN = "\u00ad"


def plain(text: str) -> str:
    """The text with plain line ends, spaces and hyphens, and without anything invisible."""
    # One replace per character is slower to read than a table, but str.translate takes seconds on a hostile 20 MB.
    for controlled in CONTROLS:
        text = text.replace(controlled, "")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", " ").replace("\x0c", " ")
    if text.isascii():
        return text
    for line_end in "\u0085\u2028\u2029":
        text = text.replace(line_end, " ")
    for space in SPACES:
        text = text.replace(space, " ")
    for unseen in INVISIBLE:
        text = text.replace(unseen, "")
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-")
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return _without_soft_hyphens(text)


def _without_soft_hyphens(text: str) -> str:
    # At the end of a line it is a broken word like any other; inside a line it joins what stands beside it.
    text = text.replace(SOFT_HYPHEN + "\n", "-\n")
    return text.replace(SOFT_HYPHEN + " ", "").replace(SOFT_HYPHEN, "")
