"""Parts the text of a cell into behaviour and considerations."""

import re
from dataclasses import dataclass

# "Training Considerations" is the older name. In small letters the words are running text, unless a colon follows.
MARKER = re.compile(
    r"\b(?:(?:Learning|Training|LEARNING|TRAINING) (?:[Cc]onsiderations?|CONSIDERATIONS?)\b ?:? ?"
    r"|(?:learning|training) considerations? ?: ?)"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The two parts of a cell and how often the words between them stand in it."""

    behaviour: str
    considerations: str
    markers: int


def has_marker(text: str) -> bool:
    """Whether the words that open the considerations stand in the text."""
    return MARKER.search(text) is not None


def opens_considerations(text: str) -> bool:
    """Whether the text is considerations from its first word on."""
    return MARKER.match(text) is not None


def parted(text: str) -> Parts:
    """The text before and after the words that open the considerations."""
    first = MARKER.search(text)
    if first is None:
        return Parts(text, "", 0)
    considerations = text[first.end() :]
    again = sum(1 for _ in MARKER.finditer(considerations))
    return Parts(text[: first.start()].rstrip(), considerations.lstrip(), 1 + again)
