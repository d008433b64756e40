"""Takes the dress off a text: bold and italic signs, and line breaks written as tags."""

import re

BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
BOLD = re.compile(r"\*\*([^*]+)\*\*")
BOLD_LINES = re.compile(r"(?<!\w)__([^_]+)__(?!\w)")
# A star behind a word is a footnote mark, so italics must open in front of a word and close behind one.
ITALIC = re.compile(r"(?<![\w*.,;:!?)])\*(?=[^\s*])([^*]+)(?<=[^\s*])\*(?![\w*])")


def without_emphasis(text: str) -> str:
    """The text without signs of emphasis and with spaces for line breaks."""
    if "<" in text:
        text = BREAK.sub(" ", text)
    if "\\" in text:
        text = text.replace("\\*", "*").replace("\\_", "_")
    if "__" in text:
        text = BOLD_LINES.sub(r"\1", text)
    if "*" not in text:
        return text
    return ITALIC.sub(r"\1", BOLD.sub(r"\1", text))
