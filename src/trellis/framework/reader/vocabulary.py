"""The words of a document, which are the only evidence for repairing it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
ENDINGS = ("ing", "ed", "es", "er", "ly", "s", "d", "e", "y")
SHORTEST_STEM = 4
# A framework is far shorter; a hostile file need not be counted to its end.
EVIDENCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often each word stands in the document, fragments at a line-break hyphen left out.

    First parts are what stands before a hyphen inside a word; those that never stand alone are prefixes ("non-").
    """

    counts: Counter[str]
    first_parts: frozenset[str]
    prefixes: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def of(cls, lines: list[str]) -> "Vocabulary":
        """Count the words of these lines."""
        whole: Counter[str] = Counter()
        for _, words in words_by_line(lines):
            whole.update(words)
        counts: Counter[str] = Counter()
        first_parts: set[str] = set()
        alone: set[str] = set()
        for word, count in whole.items():
            plain = same(word)
            parts = plain.split("-")
            if len(parts) > 1:
                first_parts.add(parts[0])
            else:
                alone.add(plain)
            for form in {plain, *parts}:
                counts[form] += count
                if "'" in form:
                    counts[form.split("'", maxsplit=1)[0]] += count
        stems = frozenset(stem for word in counts for stem in stems_of(word))
        return cls(counts, frozenset(first_parts), frozenset(first_parts - alone), stems)

    def knows(self, word: str) -> bool:
        """Whether the document has this word, which must be longer than a letter."""
        return len(word) > 1 and word in self.counts

    def knows_relative(self, word: str, *, longer_than: int = 0) -> bool:
        """Whether the document has the word with another ending."""
        return any(stem in self.stems for stem in stems_of(word) if len(stem) > longer_than)


def same(word: str) -> str:
    """The form under which a word is counted."""
    return word.casefold().replace("’", "'")


def stems_of(word: str) -> Iterator[str]:
    """The word and what is left of it without a common ending."""
    if len(word) < SHORTEST_STEM:
        return
    yield word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            yield word[: -len(ending)]


def evidence(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The numbered lines that are looked at for evidence."""
    read = 0
    for number, line in enumerate(lines, start=1):
        read += len(line)
        if read > EVIDENCE:
            return
        yield number, line


def words_by_line(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The words of each line with its number; no fragments of words that a line break has cut in two."""
    cut = False
    for number, line in evidence(lines):
        if not cut and "- " not in line and not line.endswith("-"):
            yield number, WORD.findall(line)
            continue
        words = []
        for found in WORD.finditer(line):
            after = line[found.end() : found.end() + 2]
            ends_cut = after in ("-", "- ")
            if not cut and not ends_cut:
                words.append(found[0])
            cut = ends_cut
        yield number, words
