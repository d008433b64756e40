"""What an import would do, item by item, for a person to read before anything is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trellis.framework.diff import Change, Comparison, Result
from trellis.framework.outline import NAME, Item, Kind, Outline
from trellis.framework.reader import Document

_COUNTED = (Kind.LEVEL, Kind.DOMAIN, Kind.THEME, Kind.CELL, Kind.DEFINITION, Kind.GROUP, Kind.ATTRIBUTE)
_TOPS = (Kind.DOMAIN, Kind.GROUP)


class Fate(StrEnum):
    """What an import does with an item."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    MISSING = "missing"
    KEPT = "kept"


_FATES = {
    Result.UNCHANGED: Fate.SAME,
    Result.REWORDED: Fate.CHANGED,
    Result.MOVED: Fate.CHANGED,
    Result.NEW: Fate.NEW,
    Result.GONE: Fate.MISSING,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One item of the draft, from the base, the document or both: its code, place (of a level) and texts by field."""

    kind: Kind
    code: str
    place: int
    base: Item | None
    read: Item | None
    texts: Mapping[str, str] = field(default_factory=dict)
    parts: tuple["Planned", ...] = ()

    @property
    def name(self) -> str:
        """The name that the draft gives it."""
        return self.texts.get(NAME, "")

    def walk(self) -> Iterator["Planned"]:
        """This item and everything in it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def as_item(self) -> Item:
        """The item that it will be in the draft, with the base's plain words."""
        kept = (
            tuple(part for part in self.base.parts if part.kind in (Kind.STATEMENT, Kind.ACTIVITY)) if self.base else ()
        )
        parts = (*(part.as_item() for part in self.parts), *kept)
        return Item(self.kind, self.name, tuple(self.texts.items()), code=self.code, place=self.place, parts=parts)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the plan: an item, its fate, its code in the draft, its name, and its line in the document (or 0)."""

    kind: Kind
    fate: Fate
    code: str
    name: str
    line: int
    change: Change


@dataclass(frozen=True, slots=True)
class Plan:
    """The items of the draft, and the comparison of base and document that they come from."""

    document: Document
    comparison: Comparison
    is_partial: bool
    drops_missing: bool
    tops: tuple[Planned, ...]
    levels: tuple[Planned, ...]
    definitions: tuple[Planned, ...]

    @property
    def is_grid(self) -> bool:
        """Whether it makes a grid, and no list of attributes."""
        return self.comparison.after.is_grid

    def walk(self) -> Iterator[Planned]:
        """Every planned item."""
        for planned in (*self.levels, *self.tops, *self.definitions):
            yield from planned.walk()

    def result(self) -> Outline:
        """The outline that the draft will have."""
        read = self.comparison.after
        tops, levels, definitions = (
            tuple(planned.as_item() for planned in group) for group in (self.tops, self.levels, self.definitions)
        )
        return Outline(read.title, read.shape, tops, levels, definitions)

    def lines(self) -> Iterator[PlanLine]:
        """Every domain, theme, cell, level, definition (or group and attribute) with its fate."""
        codes = {planned.read: planned.code for planned in self.walk() if planned.read is not None}
        for change in self.comparison.changes:
            kept = self.is_partial and change.result is Result.GONE and change.item.kind in _TOPS
            for one in change.walk():
                if one.item.kind in _COUNTED:
                    fate = Fate.KEPT if kept else _FATES[one.result]
                    code = codes.get(one.item) or one.code
                    yield PlanLine(one.item.kind, fate, code, one.item.name, one.item.line, one)

    def counts(self) -> dict[Kind, dict[Fate, int]]:
        """How many items of each kind have each fate; kinds that do not occur are left out."""
        found: dict[Kind, dict[Fate, int]] = {}
        for line in self.lines():
            found.setdefault(line.kind, dict.fromkeys(Fate, 0))[line.fate] += 1
        return {kind: found[kind] for kind in Kind if kind in found}

    def doubts(self) -> list[PlanLine]:
        """Items that were recognised by likeness only, or that resemble another one about as much."""
        return [line for line in self.lines() if line.change.pair is not None and line.change.pair.is_doubtful]

    def gains(self) -> int:
        """How many texts get an official wording where the base had none."""
        return sum(
            bool(words.strip()) and not (planned.base and planned.base.text(name).strip())
            for planned in self.walk()
            if planned.read is not None
            for name, words in planned.read.texts
            if name != NAME
        )
