"""Plans an import: matches a document to the edition it is based on and puts the items of the draft together."""

from collections.abc import Iterator, Mapping, Sequence

from trellis.framework.diff import Comparison, compare
from trellis.framework.naming import domain_code, next_number, short_label
from trellis.framework.outline import NAME, PLAIN, Item, Kind, Outline, document_outline
from trellis.framework.plan import Plan, Planned
from trellis.framework.reader import Document, DocumentError
from trellis.framework.wordmarks import same_words

# A document with less than this share of the base's domains is a part of the framework, not a smaller framework.
_PART = 0.5
_LONGEST = {Kind.DOMAIN: 120, Kind.THEME: 240, Kind.LEVEL: 80, Kind.DEFINITION: 80, Kind.GROUP: 120}
_LONGEST_PLAIN = 300
_TOP_LEVEL = 9
Siblings = list[tuple[Item | None, Item | None]]


def plan_import(document: Document, base: Outline | None, title: str, *, drop_missing: bool = False) -> Plan:
    """Plan the import of a document upon a base of the same shape, or upon nothing.

    Raises DocumentError when something in the document is too long or too many to be stored.
    """
    read = document_outline(document, title)
    _refuse_unstorable(read)
    base = base or Outline("", read.shape, ())
    comparison = compare(base, read)
    covered = sum(top in comparison.matching.of_before for top in base.tops)
    is_partial = bool(base.tops) and covered < _PART * len(base.tops)
    draft = _Drafting(comparison, drops=drop_missing, is_partial=is_partial)
    definitions = draft.flat(Kind.DEFINITION, base.definitions, read.definitions)
    return Plan(document, comparison, is_partial, drop_missing, draft.tops(), draft.levels, definitions)


def merged(base: Sequence[Item], read: Sequence[Item], comparison: Comparison) -> Siblings:
    """Return siblings in the document's order, with those it has not after what they followed in the base."""
    siblings = set(read)
    kept_after: dict[Item | None, list[Item]] = {}
    neighbour: Item | None = None
    for item in base:
        partner = comparison.matching.partner(item)
        if partner is None:
            kept_after.setdefault(neighbour, []).append(item)
        elif partner in siblings:
            neighbour = partner
    order: Siblings = [(item, None) for item in kept_after.get(None, ())]
    for item in read:
        pair = comparison.matching.of_after.get(item)
        order.append((pair.before if pair else None, item))
        order.extend((old, None) for old in kept_after.get(item, ()))
    return order


class _Drafting:
    """Puts the draft's items together and gives the new ones their codes."""

    def __init__(self, comparison: Comparison, *, drops: bool, is_partial: bool) -> None:
        self.comparison = comparison
        self.base, self.read = comparison.before, comparison.after
        self.drops, self.is_partial = drops, is_partial
        # A code that the base knows is never given to something else, even when its owner is left out.
        self.taken = {item.code for item in self.base.walk() if item.code}
        self.parent = {part: top for top in self.base.tops for part in top.parts}
        self.emptied = {
            (change.after, text.field) for change in comparison.walk() for text in change.texts if not text.after
        }
        self.levels = self.flat(Kind.LEVEL, self.base.levels, self.read.levels)

    def flat(self, kind: Kind, base: Sequence[Item], read: Sequence[Item]) -> tuple[Planned, ...]:
        """Levels or definitions; what a part of a framework does not mention stays."""
        order = self._order(base, read, may_drop=self.drops and not self.is_partial and bool(read))
        planned = [Planned(kind, "", _place(old, new), old, new, self._texts(kind, old, new)) for old, new in order]
        return tuple(sorted(planned, key=lambda one: one.place))

    def tops(self) -> tuple[Planned, ...]:
        """Domains or groups, each with what is in it."""
        order = self._order(self.base.tops, self.read.tops, may_drop=self.drops and not self.is_partial)
        return tuple(self._top(old, new) for old, new in order)

    def _order(self, base: Sequence[Item], read: Sequence[Item], *, may_drop: bool) -> Siblings:
        order = merged(base, read, self.comparison)
        return [(old, new) for old, new in order if new is not None or not may_drop]

    def _top(self, old: Item | None, new: Item | None) -> Planned:
        kind = Kind.DOMAIN if self.read.is_grid else Kind.GROUP
        texts = self._texts(kind, old, new)
        code = old.code if old else self._top_code(texts[NAME])
        order = self._order(old.parts if old else (), new.parts if new else (), may_drop=self.drops and new is not None)
        return Planned(kind, code, 0, old, new, texts, tuple(self._part(code, old, *pair) for pair in order))

    def _top_code(self, name: str) -> str:
        if self.read.is_grid:
            code = domain_code(name, self.taken)
        else:
            groups = [code for code in self.taken if code.count(".") == 1]
            stem = groups[0].rpartition(".")[0] if groups else "ATT"
            code = f"{stem}.{next_number(groups)}"
        self.taken.add(code)
        return code

    def _part(self, top_code: str, top: Item | None, old: Item | None, new: Item | None) -> Planned:
        if old is not None and self.parent.get(old) is top:
            code = old.code
        else:
            depth = top_code.count(".") + 1
            beside = [known for known in self.taken if known.startswith(f"{top_code}.") and known.count(".") == depth]
            code = f"{top_code}.{next_number(beside)}"
            self.taken.add(code)
        kind = Kind.THEME if self.read.is_grid else Kind.ATTRIBUTE
        parts = tuple(self._cells(code, old, new)) if self.read.is_grid else ()
        return Planned(kind, code, 0, old, new, self._texts(kind, old, new), parts)

    def _cells(self, code: str, old: Item | None, new: Item | None) -> Iterator[Planned]:
        known = {cell.place: cell for cell in (old.of_kind(Kind.CELL) if old else ())}
        read = {cell.place: cell for cell in (new.parts if new else ())}
        for level in self.levels:
            pair = known.get(level.place), read.get(level.place)
            yield Planned(Kind.CELL, f"{code}.L{level.place}", level.place, *pair, self._texts(Kind.CELL, *pair))

    def _texts(self, kind: Kind, old: Item | None, new: Item | None) -> Mapping[str, str]:
        """The base's texts, with the document's own over them: an empty one only where it says less than the base."""
        texts = dict(old.texts) if old else {}
        for field, words in new.texts if new else ():
            if field == NAME:
                texts[NAME] = _name(texts.get(NAME, ""), words)
            elif words or (new, field) in self.emptied:
                texts[field] = words
        if kind is Kind.LEVEL and not texts.get(NAME):
            texts[NAME] = f"Level {_place(old, new)}"
        if kind is Kind.ATTRIBUTE and old is None and new is not None:
            # An attribute needs words of its own: those of the document, until somebody finds plainer ones.
            texts[PLAIN] = short_label(new.name, _LONGEST_PLAIN)
        return texts


def _name(old: str, new: str) -> str:
    """The document's name; the base's where they are the same but for capitals and quotes."""
    if not new or (old and same_words(old.casefold(), new.casefold())):
        return old
    return new


def _place(old: Item | None, new: Item | None) -> int:
    return new.place if new else old.place if old else 0


def _refuse_unstorable(read: Outline) -> None:
    for item in read.walk():
        longest = _LONGEST.get(item.kind)
        if longest and len(item.name) > longest:
            raise DocumentError(
                item.line or None, f"the name of a {item.kind} has at most {longest} characters: {item.name[:60]}..."
            )
        if item.kind is Kind.LEVEL and item.place > _TOP_LEVEL:
            raise DocumentError(item.line or None, f"a framework has at most {_TOP_LEVEL} levels")
