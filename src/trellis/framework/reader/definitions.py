"""Finds the definitions of terms in the text of footnotes."""

import re
from collections.abc import Iterator

from trellis.framework.reader.document import Definition
from trellis.framework.reader.findings import Findings

SENTENCE_END = re.compile(r"[.!?][)\]\"'’”]{0,4} ")
# "Each/All – The intentional inclusion ..."
NAMED = re.compile(r"([^\W\d_][^–—.!?;:]{0,79}?) (?:[–—]|-{1,2}) (?=\S)")
# "A race equity lens is a ..."; the article behind the verb keeps ordinary sentences out.
EXPLAINED = re.compile(
    r"(?:(?:An?|The) )?([^\W\d_][^–—.!?;:,]{0,79}?) (?:is|are|means?|refers? to) (?:an?|the|any|one|those) "
)
MOST_WORDS = 8


def definitions_in(text: str, *, marked: bool) -> tuple[Definition, ...]:
    """The definitions of one paragraph, none if it does not open with one; marked if a footnote mark stood before."""
    found: list[tuple[str, list[str]]] = []
    for sentence in _sentences(text):
        named = NAMED.match(sentence)
        if named and _is_term(named[1]):
            found.append((named[1], [sentence[named.end() :]]))
        elif found:
            found[-1][1].append(sentence)
        elif term := _explained(sentence, marked):
            found.append((term, [sentence]))
        else:
            return ()
    return tuple(Definition(term, " ".join(sentences)) for term, sentences in found)


class Definitions:
    """The definitions of a whole document, each once, although it may stand under every table."""

    def __init__(self, findings: Findings) -> None:
        self._found: dict[str, Definition] = {}
        self._findings = findings

    def add(self, line: int, definition: Definition) -> None:
        """Keep a definition unless it is known."""
        key = definition.term.casefold()
        known = self._found.setdefault(key, definition)
        if known.text.casefold() != definition.text.casefold():
            self._findings.warn(line, f'"{definition.term}" is defined in other words further up')

    def all(self) -> tuple[Definition, ...]:
        """The definitions in the order in which they first stand in the document."""
        return tuple(self._found.values())


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield text[start : end.end()].strip()
        start = end.end()
    if text[start:].strip():
        yield text[start:].strip()


def _is_term(text: str) -> bool:
    return text[0].isupper() and len(text.split()) <= MOST_WORDS


def _explained(sentence: str, marked: bool) -> str:
    found = EXPLAINED.match(sentence)
    if found is None or not sentence[0].isupper() or len(found[1].split()) > MOST_WORDS:
        return ""
    # Without a footnote mark only the article says that a term is being explained.
    if not marked and not sentence.startswith(("A ", "An ", "The ")):
        return ""
    term = found[1]
    return term[0].upper() + term[1:]
