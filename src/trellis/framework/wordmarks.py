"""Marks word by word what was removed and what was added between two wordings; how a text is set does not count."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

# Marks without a width, that some programs leave between or inside words.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_JOINTS = "-'’‘ʼ‐‑‒–−" + _UNSEEN
_LETTER = r"[^\s!-/:-@\[-`{-~\u00a1\u00a7\u00ab\u00ad\u00b6\u00bb\u00bf\u2000-\u206f\u2212\u3000-\u303f\ufeff]"
_BLANK = rf"[\s{_UNSEEN}]"
_TOKEN = re.compile(rf"(?:{_LETTER}+(?:[{re.escape(_JOINTS)}]+{_LETTER}+)*|\.{{3}}|[^\s{_UNSEEN}]){_BLANK}*")
_LEAD = re.compile(rf"{_BLANK}*")
_SAME_SIGN = str.maketrans(
    {**dict.fromkeys("‘’‚‛ʼ′`´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
    | dict.fromkeys(_UNSEEN)
)
# Two texts of 5,000 words each that share neither beginning nor end; longer ones are marked as a whole.
_MOST_PAIRS = 25_000_000
_LITTLE_WORD = 3
_MANY_WORDS = 3

Token = tuple[str, str]


class Mark(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words with its mark; `before` and `after` are its exact characters on each side."""

    mark: Mark
    before: str
    after: str


def same_words(before: str, after: str) -> bool:
    """Whether two texts say the same, whatever their quotes, dashes and spaces."""
    return before == after or [key for key, _ in _tokens(before)] == [key for key, _ in _tokens(after)]


def marked(before: str, after: str) -> tuple[Segment, ...]:
    """Return the two texts as marked runs: all `before` joined is the older text, all `after` the newer one."""
    old, new = list(_tokens(before)), list(_tokens(after))
    segments = []
    old_lead, new_lead = _lead(before), _lead(after)
    if old_lead or new_lead:
        segments.append(Segment(Mark.SAME, old_lead, new_lead))
    for kept, old_part, new_part in _calmed(_runs(old, new)):
        removed, added = "".join(raw for _, raw in old_part), "".join(raw for _, raw in new_part)
        if kept:
            segments.append(Segment(Mark.SAME, removed, added))
            continue
        if removed:
            segments.append(Segment(Mark.REMOVED, removed, ""))
        if added:
            segments.append(Segment(Mark.ADDED, "", added))
    return tuple(segments)


def printed(segments: Sequence[Segment]) -> list[tuple[Mark, str]]:
    """Return marked runs for the eye: words of both sides in their newer setting, kept apart from what was removed."""
    shown = []
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        words = segment.after or segment.before
        if segment.mark is Mark.SAME and following is not None and following.mark is Mark.REMOVED:
            # What was removed stood close to these words, or apart from them, on its own side.
            words = words.rstrip() + segment.before[len(segment.before.rstrip()) :]
        shown.append((segment.mark, words))
    return shown


def _lead(text: str) -> str:
    found = _LEAD.match(text)
    return found[0] if found else ""


def _tokens(text: str) -> Iterator[Token]:
    """Each word or sign: the form in which it is compared, and its characters with the blanks after it."""
    for found in _TOKEN.finditer(text, len(_lead(text))):
        raw = found[0]
        key = raw if raw.isascii() else unicodedata.normalize("NFKC", raw).translate(_SAME_SIGN)
        yield key.strip(), raw


Run = tuple[bool, Sequence[Token], Sequence[Token]]


def _runs(old: list[Token], new: list[Token]) -> list[Run]:
    """The two token lists as alternating runs, kept or changed."""
    old_keys, new_keys = [key for key, _ in old], [key for key, _ in new]
    start = _shared(old_keys, new_keys)
    end = _shared(old_keys[start:][::-1], new_keys[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    runs: list[Run] = [(True, old[:start], new[:start])]
    if (old_end - start) * (new_end - start) > _MOST_PAIRS:
        runs.append((False, old[start:old_end], new[start:new_end]))
    else:
        for code in Indel.opcodes(old_keys[start:old_end], new_keys[start:new_end]):
            from_old = old[start + code.src_start : start + code.src_end]
            from_new = new[start + code.dest_start : start + code.dest_end]
            runs.append((code.tag == "equal", from_old, from_new))
    runs.append((True, old[old_end:], new[new_end:]))
    return _merged(runs)


def _shared(old: list[str], new: list[str]) -> int:
    """How many keys the two lists share at their beginning."""
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for kept, old, new in runs:
        if merged and merged[-1][0] == kept:
            merged[-1] = (kept, [*merged[-1][1], *old], [*merged[-1][2], *new])
        elif old or new:
            merged.append((kept, old, new))
    return merged


def _calmed(runs: list[Run]) -> list[Run]:
    """Without islands: a little word that happens to stand on both sides of a rewritten passage is no anchor."""
    for place in range(1, len(runs) - 1):
        kept, old, _ = runs[place]
        around = (runs[place - 1], runs[place + 1])
        is_little = all(len(key) <= _LITTLE_WORD for key, _ in old)
        is_rewritten = all(max(len(run[1]), len(run[2])) >= _MANY_WORDS for run in around)
        if kept and is_little and is_rewritten:
            runs[place] = (False, runs[place][1], runs[place][2])
    return _merged(runs)
