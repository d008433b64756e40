"""Decides whether a hyphen before a space is a line break inside a word, a true hyphen, or a suspended one."""

import re

from trellis.framework.reader.vocabulary import WORD, Vocabulary, same

JOINT = re.compile(r"- (?<=[^\W_]- )(?=[^\W_])")
# The little words that can follow a suspended hyphen ("short- and long-term").
CONJUNCTIONS = frozenset({"and", "or", "nor", "to", "versus", "vs", "through"})
# English writes prepositions, pronouns and auxiliaries closed with what follows them ("over-" + "come"), where two
# nouns stand apart ("system-" + "level"). This is grammar, a closed class; it is not a list of words to be found.
PARTICLES = frozenset(
    {"an", "any", "as", "at", "be", "by", "can", "down", "every", "fore", "for", "her", "him", "how", "in", "into"}
    | {"it", "my", "no", "on", "one", "our", "out", "over", "some", "their", "them", "there", "through", "to"}
    | {"under", "up", "what", "when", "where", "who", "with", "your"}
)
# Long enough for any word; a hostile line may have longer ones, and they must not be read again and again.
REACH = 80


def mended(text: str, vocabulary: Vocabulary) -> str:
    """The text with every broken word put together."""
    if "- " not in text:
        return text
    pieces: list[str] = []
    context = ""
    start = 0
    for joint in JOINT.finditer(text):
        piece = text[start : joint.start()]
        context = (context + piece)[-REACH:]
        glue = _glue(_last_word(context), text[joint.end() : joint.end() + REACH], vocabulary)
        pieces += (piece, glue)
        context += glue
        start = joint.end()
    pieces.append(text[start:])
    return "".join(pieces)


def _glue(left: str, rest: str, vocabulary: Vocabulary) -> str:
    """What belongs between two pieces: nothing, a hyphen, or a hyphen and a space."""
    found = WORD.match(rest)
    right = found[0] if found else rest[:1]
    glue = _decide(same(left), same(right), rest[len(right) :], vocabulary)
    if glue or not left:
        return glue
    # "P- 20" and "non- English": the second piece can only be a word of its own.
    apart = left[-1].isdigit() or right[0].isdigit() or (right[0].isupper() and not left.isupper())
    return "-" if apart else ""


def _decide(left: str, right: str, rest: str, vocabulary: Vocabulary) -> str:
    last, first = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    joined = last + first
    if right in CONJUNCTIONS and not vocabulary.knows(joined):
        return _suspended(last, right, rest, vocabulary)
    whole = vocabulary.counts[f"{left}{right}"] - vocabulary.counts[f"{left}-{right}"]
    if whole:
        return "" if whole > 0 else "-"
    parts = vocabulary.counts[joined] - vocabulary.counts[f"{last}-{first}"]
    if parts:
        return "" if parts > 0 else "-"
    if vocabulary.knows_relative(joined, longer_than=len(last) + 1):
        return ""
    return "-" if _stands_apart(last, first, right, vocabulary) else ""


def _suspended(last: str, right: str, rest: str, vocabulary: Vocabulary) -> str:
    ahead = rest.split()[:4]
    if right in ("and", "nor") or last.isdigit() or vocabulary.knows(last) or any("-" in word for word in ahead):
        return "- "
    # "sect- or": a broken word happens to end like a conjunction.
    return ""


def _stands_apart(last: str, first: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether two pieces, which the document nowhere has together, are words of their own."""
    if first in ("self", "selves"):
        return False
    if last in vocabulary.prefixes or (first != right and first in PARTICLES):
        # "non- profit" where the document has "non-white"; "one- to-one".
        return True
    if last not in vocabulary.first_parts and (len(last) < 3 or last in PARTICLES or not vocabulary.knows(last)):
        return False
    return vocabulary.knows(first) or vocabulary.knows_relative(first)


def _last_word(context: str) -> str:
    start = len(context)
    while start and (context[start - 1].isalnum() or context[start - 1] in "-'’"):
        start -= 1
    return context[start:].lstrip("-'’")
