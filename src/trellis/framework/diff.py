"""Compares two outlines: what stayed, what was reworded (word by word), what moved, what is new and what is gone."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from trellis.framework.matching import Matching, Pair, match
from trellis.framework.outline import NAME, Item, Kind, Outline
from trellis.framework.wordmarks import Segment, marked, same_words

PLAIN_KINDS = (Kind.STATEMENT, Kind.ACTIVITY)


class Result(StrEnum):
    """What became of an item."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TextChange:
    """One field of an item whose wording changed."""

    field: str
    before: str
    after: str

    @property
    def marks(self) -> tuple[Segment, ...]:
        """The wording with what was removed and added."""
        return marked(self.before, self.after)


# Compared by identity, like the items that it is about.
@dataclass(frozen=True, eq=False)
class Change:
    """What became of one item and of its parts; a moved item may be reworded too (`texts`)."""

    result: Result
    before: Item | None
    after: Item | None
    pair: Pair | None = None
    moved_from: str = ""
    texts: tuple[TextChange, ...] = ()
    parts: tuple["Change", ...] = ()

    @property
    def item(self) -> Item:
        """The newer item, or the older one where it is gone."""
        found = self.after or self.before
        if found is None:
            raise LookupError("a change is about an item")
        return found

    @property
    def code(self) -> str:
        """Its code on the newer side, or on the older one where the newer has none."""
        return (self.after and self.after.code) or (self.before and self.before.code) or ""

    @cached_property
    def is_touched(self) -> bool:
        """Whether it, or anything in it, changed."""
        return self.result is not Result.UNCHANGED or any(part.is_touched for part in self.parts)

    def walk(self) -> Iterator["Change"]:
        """This change and those of everything in it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two outlines side by side: the newer one's order, with what is gone after what stands beside it."""

    before: Outline
    after: Outline
    matching: Matching
    changes: tuple[Change, ...]

    def walk(self) -> Iterator[Change]:
        """Every change, each before those in it."""
        for change in self.changes:
            yield from change.walk()

    def counts(self) -> dict[Kind, dict[Result, int]]:
        """How many items of each kind there are of each result."""
        found = Counter((change.item.kind, change.result) for change in self.walk())
        kinds = [kind for kind in Kind if any(key[0] is kind for key in found)]
        return {kind: {result: found[kind, result] for result in Result} for kind in kinds}

    def to_json(self) -> dict[str, Any]:
        """The comparison as a plain structure."""
        return {
            "before": self.before.title,
            "after": self.after.title,
            "counts": {
                kind.value: {result.value: count for result, count in row.items()}
                for kind, row in self.counts().items()
            },
            "items": [_json(change) for change in self.changes],
        }


class NotComparableError(Exception):
    """One side is a grid and the other a list of attributes."""


def compare(before: Outline, after: Outline) -> Comparison:
    """Compare two outlines; raises NotComparableError when they are of different shapes.

    A kind of text is compared only between domains (or groups) that both have it: a document without plain words
    has not lost them, and an edition without official wording has not gained it.
    """
    if before.shape != after.shape:
        raise NotComparableError
    walker = _Walker(match(before, after), before, after)
    changes = [
        *walker.level(before.levels, after.levels),
        *walker.level(before.tops, after.tops),
        *walker.level(before.definitions, after.definitions),
    ]
    return Comparison(before, after, walker.matching, tuple(changes))


class _Walker:
    def __init__(self, matching: Matching, before: Outline, after: Outline) -> None:
        self.matching = matching
        kinds = [{item.kind for item in side.walk()} for side in (before, after)]
        # A document has no plain words, and so it has not lost them.
        self.compared = set(Kind) - {kind for kind in PLAIN_KINDS if not all(kind in side for side in kinds)}
        self.parent = {part: item for side in (before, after) for item in side.walk() for part in item.parts}
        self.fields: dict[Item, frozenset[tuple[Kind, str]]] = {}

    def level(self, before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
        """The changes of siblings: in the newer order, each gone one after its older neighbour."""
        before = [item for item in before if item.kind in self.compared]
        after = [item for item in after if item.kind in self.compared]
        stayed = self._in_order(before, after)
        siblings = set(after)
        gone_after: dict[Item | None, list[Item]] = defaultdict(list)
        neighbour: Item | None = None
        for item in before:
            partner = self.matching.partner(item)
            if partner is None:
                gone_after[neighbour].append(item)
            elif partner in siblings:
                neighbour = partner
        changes = [self._gone(item) for item in gone_after[None]]
        for item in after:
            changes.append(self._of_after(item, stays=item in stayed))
            changes.extend(self._gone(old) for old in gone_after[item])
        return changes

    def _of_after(self, item: Item, *, stays: bool) -> Change:
        pair = self.matching.of_after.get(item)
        if pair is None:
            return self._new(item)
        texts = tuple(self._texts(pair.before, item))
        old_parent, new_parent = self.parent.get(pair.before), self.parent.get(item)
        moved_from = ""
        if old_parent is not None and (new_parent is None or self.matching.partner(old_parent) is not new_parent):
            moved_from = old_parent.name
        result = Result.REWORDED if texts else Result.UNCHANGED
        if moved_from or not stays:
            result = Result.MOVED
        parts = self.level(pair.before.parts, item.parts)
        return Change(result, pair.before, item, pair, moved_from, texts, tuple(parts))

    def _new(self, item: Item) -> Change:
        parts = []
        for part in item.parts:
            if part.kind in self.compared:
                known = part in self.matching.of_after
                parts.append(self._of_after(part, stays=True) if known else self._new(part))
        return Change(Result.NEW, None, item, parts=tuple(parts))

    def _gone(self, item: Item) -> Change:
        # What has moved to another place is shown there.
        parts = [part for part in item.parts if part.kind in self.compared and part not in self.matching.of_before]
        return Change(Result.GONE, item, None, parts=tuple(map(self._gone, parts)))

    def _in_order(self, before: Sequence[Item], after: Sequence[Item]) -> set[Item]:
        """The newer items that kept their order among their siblings: the longest run, so that few have moved."""
        places = {item: place for place, item in enumerate(before)}
        kept = [item for item in after if item in self.matching.of_after]
        siblings = [item for item in kept if self.matching.of_after[item].before in places]
        run = longest_rising([places[self.matching.of_after[item].before] for item in siblings])
        return {siblings[index] for index in run}

    def _texts(self, before: Item, after: Item) -> Iterator[TextChange]:
        both = self._carried(before) & self._carried(after)
        newer = dict(after.texts)
        for field, words in before.texts:
            other = newer.get(field, "")
            if (before.kind, field) in both and not _says_the_same(field, words, other):
                yield TextChange(field, words, other)

    def _carried(self, item: Item) -> frozenset[tuple[Kind, str]]:
        """Which fields the item's domain has anywhere."""
        top = item
        while top in self.parent:
            top = self.parent[top]
        if top not in self.fields:
            self.fields[top] = frozenset(
                (part.kind, field) for part in top.walk() for field, words in part.texts if words.strip()
            )
        return self.fields[top]


def _says_the_same(field: str, before: str, after: str) -> bool:
    # A name in capitals is the same name.
    if field == NAME:
        before, after = before.casefold(), after.casefold()
    return same_words(before, after)


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Return the places of a longest rising run in a list of different numbers, in O(n log n)."""
    ends: list[int] = []
    end_places: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(end_places[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        end_places[length : length + 1] = [place]
    run = []
    place = end_places[-1] if end_places else -1
    while place >= 0:
        run.append(place)
        place = previous[place]
    return run[::-1]


def _json(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": change.item.kind.value,
        "result": change.result.value,
        "code": change.code,
        "name": change.item.name,
    }
    if change.moved_from:
        found["moved_from"] = change.moved_from
    if change.texts:
        found["texts"] = [
            {
                "field": text.field,
                "before": text.before,
                "after": text.after,
                "marks": [[mark.mark.value, mark.after or mark.before] for mark in text.marks],
            }
            for text in change.texts
        ]
    if change.parts:
        found["parts"] = [_json(part) for part in change.parts]
    return found
