"""Takes the dress off a text: bold and italic signs, entities, and line breaks written as tags."""

import re
from html import unescape

BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6});")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
BOLD_LINES = re.compile(r"(?<!\w)__([^_]+)__(?!\w)")
# A star behind a word is a footnote mark, so italics must open in front of a word and close behind one.
ITALIC = re.compile(r"(?<![\w*.,;:!?)])\*(?=[^\s*])([^*]+)(?<=[^\s*])\*(?![\w*])")
# More signs than this are no emphasis, only a file that wants to cost time.
MOST_SIGNS = 200


def without_emphasis(text: str) -> str:
    """The text in plain characters, with spaces for line breaks."""
    if "<" in text:
        text = BREAK.sub(" ", text)
    if "&" in text:
        text = ENTITY.sub(lambda found: unescape(found[0]), text)
    if "\\" in text:
        text = text.replace("\\*", "*").replace("\\_", "_")
    if "__" in text and text.count("_") <= MOST_SIGNS:
        text = BOLD_LINES.sub(r"\1", text)
    if "*" not in text or text.count("*") > MOST_SIGNS:
        return text
    return ITALIC.sub(r"\1", BOLD.sub(r"\1", text))
