"""Finds which item of one outline is which item of another: by uid, then by name, then by words, then by place."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process

from trellis.framework.outline import NAME, Item, Kind, Outline

# Similarity is rapidfuzz's ratio, 0 to 100. Two themes of one domain that are not the same reach 75, so a likeness
# below SURE is used (best first, each item once) but always said.
SURE = 85.0
LIKELY = 65.0
ANYWHERE = 80.0
LIKELY_WORDS = 80.0
# Official wording against our plain words for the same attribute reaches 45 and up.
LIKELY_ATTRIBUTE = 40.0
SAME_PLACE = 5.0
RIVAL_WITHIN = 5.0
# More pairs than this are not compared: what is left over is then new or gone.
MOST_PAIRS = 250_000
MOST_TEXT_PAIRS = 20_000
LONGEST_NAME = 300
LONGEST_TEXT = 2_000
_WORD = re.compile(r"[^\W_]+")


class By(StrEnum):
    """What showed that two items are the same one."""

    UID = "uid"
    NAME = "name"
    LIKENESS = "likeness"
    WORDS = "words"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same item on both sides; `score` is their likeness (100: certain), `rival` a name that fits about as well."""

    before: Item
    after: Item
    by: By
    score: float = 100.0
    rival: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at it."""
        return bool(self.rival) or self.by is By.WORDS or (self.by is By.LIKENESS and self.score < SURE)


@dataclass(slots=True)
class Matching:
    """Which item is which: pairs by their older and by their newer item."""

    of_before: dict[Item, Pair] = field(default_factory=dict)
    of_after: dict[Item, Pair] = field(default_factory=dict)

    def add(self, pair: Pair) -> None:
        """Keep a pair; both items must be free."""
        self.of_before[pair.before] = pair
        self.of_after[pair.after] = pair

    def free_before(self, items: Iterable[Item]) -> list[Item]:
        """Those older items that have no partner yet."""
        return [item for item in items if item not in self.of_before]

    def free_after(self, items: Iterable[Item]) -> list[Item]:
        """Those newer items that have no partner yet."""
        return [item for item in items if item not in self.of_after]

    def partner(self, before: Item) -> Item | None:
        """The newer item that an older one became."""
        pair = self.of_before.get(before)
        return pair.after if pair else None


Likeness = Callable[[Item, Item], float]


def match(before: Outline, after: Outline) -> Matching:
    """Match two outlines of one shape. Every item has at most one partner, always of its own kind."""
    found = Matching()
    _by_uid(found, before, after)
    _by_place(found, before.levels, after.levels)
    _by_name(found, before.definitions, after.definitions, LIKELY)
    _by_name(found, before.tops, after.tops, LIKELY)
    _by_words(found, before.tops, after.tops)
    if before.is_grid:
        _match_themes(found, before, after)
    else:
        _match_attributes(found, before, after)
    return found


def _match_themes(found: Matching, before: Outline, after: Outline) -> None:
    tops = list(found.of_before.values())
    for pair in tops:
        if pair.before.kind is Kind.DOMAIN:
            _by_name(found, pair.before.parts, pair.after.parts, LIKELY)
    everywhere = ([item for top in side.tops for item in top.parts] for side in (before, after))
    old, new = everywhere
    _by_name(found, old, new, ANYWHERE)
    for pair in tops:
        if pair.before.kind is Kind.DOMAIN:
            _by_words(found, pair.before.parts, pair.after.parts)
    _by_words(found, old, new)
    for pair in [pair for pair in found.of_before.values() if pair.before.kind is Kind.THEME]:
        _by_place(found, pair.before.parts, pair.after.parts)
    for pair in [pair for pair in found.of_before.values() if pair.before.kind is Kind.CELL]:
        for kind in (Kind.STATEMENT, Kind.ACTIVITY):
            _by_name(found, pair.before.of_kind(kind), pair.after.of_kind(kind), LIKELY)


def _match_attributes(found: Matching, before: Outline, after: Outline) -> None:
    groups = [pair for pair in found.of_before.values() if pair.before.kind is Kind.GROUP]
    for pair in groups:
        _by_name(found, pair.before.parts, pair.after.parts, SURE)
    old = [item for top in before.tops for item in top.parts]
    new = [item for top in after.tops for item in top.parts]
    _by_name(found, old, new, ANYWHERE)
    for pair in groups:
        _by_plain_words(found, pair.before.parts, pair.after.parts)


def _by_plain_words(found: Matching, before: Sequence[Item], after: Sequence[Item]) -> None:
    """Pair official wordings with our plain words for them: weak evidence, made firm by standing at the same place."""
    places = {item: place for side in (before, after) for place, item in enumerate(side)}

    def likeness(left: Item, right: Item) -> float:
        words = max(fuzz.ratio(_plain(wording), _plain(right.name)) for wording in (left.name, *left.hint))
        return float(words) + (SAME_PLACE if places[left] == places[right] else 0.0)

    firm = Matching()
    _best_first(firm, found.free_before(before), found.free_after(after), likeness, least=LIKELY_ATTRIBUTE)
    for pair in firm.of_before.values():
        if places[pair.before] == places[pair.after] and len(before) == len(after):
            found.add(Pair(pair.before, pair.after, By.PLACE, pair.score))
        else:
            found.add(pair)


def _plain(text: str, longest: int = LONGEST_NAME) -> str:
    return " ".join(_WORD.findall(text[: longest * 2].casefold()))[:longest]


def _words(item: Item) -> str:
    """The longer texts of a domain or theme: what it says, whatever it is called."""
    own = [words for field_name, words in item.texts if field_name != NAME]
    return _plain(" ".join([*own, *(words for part in item.parts for _, words in part.texts)]), LONGEST_TEXT)


def _by_uid(found: Matching, before: Outline, after: Outline) -> None:
    known = {(item.kind, item.uid): item for item in before.walk() if item.uid}
    for item in after.walk():
        partner = known.pop((item.kind, item.uid), None) if item.uid else None
        if partner is not None:
            found.add(Pair(partner, item, By.UID))


def _by_place(found: Matching, before: Sequence[Item], after: Sequence[Item]) -> None:
    free = {item.place: item for item in found.free_before(before) if item.kind in (Kind.LEVEL, Kind.CELL)}
    for item in found.free_after(after):
        partner = free.pop(item.place, None) if item.kind in (Kind.LEVEL, Kind.CELL) else None
        if partner is not None:
            found.add(Pair(partner, item, By.PLACE))


def _by_name(found: Matching, before: Sequence[Item], after: Sequence[Item], least: float) -> None:
    """Pair what has the same name, in order, then the likest names."""
    waiting: dict[str, list[Item]] = defaultdict(list)
    for item in found.free_before(before):
        waiting[_plain(item.name)].append(item)
    for item in found.free_after(after):
        twins = waiting[_plain(item.name)]
        if twins:
            rival = item.name if len(twins) > 1 else ""
            found.add(Pair(twins.pop(0), item, By.NAME, 100.0, rival))
    old, new = found.free_before(before), found.free_after(after)
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return
    names = [_plain(item.name) for item in new]
    scored = [
        (score, one, new[place])
        for one in old
        for _, score, place in process.extract(
            _plain(one.name), names, scorer=fuzz.ratio, score_cutoff=least, limit=None
        )
    ]
    _take_best(found, scored, By.LIKENESS)


def _by_words(found: Matching, before: Sequence[Item], after: Sequence[Item]) -> None:
    """Pair items that were renamed but say the same."""
    old, new = found.free_before(before), found.free_after(after)
    if not old or not new or len(old) * len(new) > MOST_TEXT_PAIRS:
        return
    words = {item: _words(item) for item in (*old, *new)}

    def likeness(left: Item, right: Item) -> float:
        if not words[left] or not words[right]:
            return 0.0
        return float(fuzz.ratio(words[left], words[right], score_cutoff=LIKELY_WORDS))

    _best_first(found, old, new, likeness, least=LIKELY_WORDS, by=By.WORDS)


def _best_first(
    found: Matching,
    before: Sequence[Item],
    after: Sequence[Item],
    likeness: Likeness,
    *,
    least: float,
    by: By = By.LIKENESS,
) -> None:
    old, new = found.free_before(before), found.free_after(after)
    if len(old) * len(new) > MOST_TEXT_PAIRS:
        return
    scored = [(likeness(one, other), one, other) for one in old for other in new]
    _take_best(found, [entry for entry in scored if entry[0] >= least], by)


def _take_best(found: Matching, scored: list[tuple[float, Item, Item]], by: By) -> None:
    """Pair best first, each item once; say the runner-up when it was close."""
    scored.sort(key=lambda entry: -entry[0])
    of_item: dict[Item, list[tuple[float, Item]]] = defaultdict(list)
    for score, one, other in scored:
        of_item[one].append((score, other))
        of_item[other].append((score, one))
    for score, one, other in scored:
        if one in found.of_before or other in found.of_after:
            continue
        close = [
            rival.name
            for item, partner in ((one, other), (other, one))
            for rival_score, rival in of_item[item][:3]
            if rival is not partner and score - RIVAL_WITHIN <= rival_score
        ]
        found.add(Pair(one, other, by, min(score, 100.0), close[0] if close else ""))
