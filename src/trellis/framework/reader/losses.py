"""Points at places where letters were probably lost; what they were is for a person to say."""

import re
from bisect import bisect_right
from collections import Counter

from trellis.framework.reader.findings import Findings
from trellis.framework.reader.vocabulary import Vocabulary, evidence, words_by_line

LONE_LETTER = re.compile(r" ([b-hj-z])(?= )")
NEIGHBOUR = 40
# A letter that stands alone again and again is a usage (a word of another language, a bullet), not an accident.
MOST_LONE = 5
COMMON = 5
SHORTEST_FRAGMENT = 3
# Endings that make a word of another: "form" beside "forms", "health" beside "healthy" prove nothing.
NEVER_LOST = "sdy'-"
ENDS_LONG_WORDS = "nrte"
LONG = 6


def report_losses(lines: list[str], vocabulary: Vocabulary, findings: Findings) -> None:
    """Warn about lone letters and about words that stop one letter short of a common one."""
    _report_lone_letters(lines, findings)
    suspects = _suspects(vocabulary.counts)
    if not suspects:
        return
    for number, words in words_by_line(lines):
        for place, word in enumerate(words):
            if word in suspects:
                often = f'"{suspects[word]}" {vocabulary.counts[suspects[word]]} times'
                around = " ".join(words[max(0, place - 1) : place + 2])
                findings.warn(number, f'"{around}": "{word}" stands only here, but {often}; was a letter lost?')


def _report_lone_letters(lines: list[str], findings: Findings) -> None:
    seen: Counter[str] = Counter()
    places: list[tuple[int, str, str]] = []
    for number, line in evidence(lines):
        for found in LONE_LETTER.finditer(line):
            before = line[max(0, found.start() - NEIGHBOUR) : found.start()].split()
            after = line[found.end() : found.end() + NEIGHBOUR].split()
            if before and after and _is_word(before[-1]) and _is_word(after[0]):
                letter = found[1]
                seen[letter] += 1
                if seen[letter] <= MOST_LONE:
                    places.append((number, letter, f"{before[-1]} {letter} {after[0]}"))
    for number, letter, place in places:
        if seen[letter] <= MOST_LONE:
            findings.warn(number, f'"{place}": the letter "{letter}" stands alone; were letters lost?')


def _is_word(text: str) -> bool:
    # Not after an apostrophe, where a lone s is an ending that a space has split off.
    return len(text) > 1 and text[0].isalpha() and text[-1] not in "'’" and not text.isupper()


def _suspects(counts: Counter[str]) -> dict[str, str]:
    """Words that stand once and lack one letter of a common word, each with that word."""
    words = sorted(counts)
    suspects = {}
    for word, count in counts.items():
        if count != 1 or len(word) < SHORTEST_FRAGMENT or not word.isalpha():
            continue
        at = bisect_right(words, word)
        if at == len(words) or not words[at].startswith(word):
            continue
        letter = words[at][len(word)]
        whole = word + letter
        if counts[whole] >= COMMON and _can_be_lost(word, letter) and _only_one_goes_on(words, at, whole):
            suspects[word] = whole
    return suspects


def _can_be_lost(word: str, letter: str) -> bool:
    if letter in NEVER_LOST or (letter == "r" and word.endswith("e")):
        return False
    return len(word) >= LONG or letter not in ENDS_LONG_WORDS


def _only_one_goes_on(words: list[str], at: int, whole: str) -> bool:
    # A real word goes on in several ways (part: party, partner); a fragment only in the way it was cut.
    start = whole[:-1]
    after = bisect_right(words, start + chr(0x10FFFF), lo=at)
    return words[after - 1].startswith(whole) and words[at].startswith(whole)
