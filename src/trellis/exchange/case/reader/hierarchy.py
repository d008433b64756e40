"""The hierarchy of a package: what stands under what, in order, found from isChildOf alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from trellis.exchange.case.reader.loose import CaseReadError, LooseItem, LoosePackage

MOST_FLOORS = 12
LEVEL_KIND, LEVEL_RELATION = "skill level", "hasSkillLevel"


@dataclass(frozen=True, slots=True)
class Branch:
    """An item with what stands under it."""

    item: LooseItem
    parts: tuple["Branch", ...]

    @property
    def depth(self) -> int:
        """How many floors there are, this one included."""
        return 1 + max((part.depth for part in self.parts), default=0)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A package in order: its branches without the levels, the levels, and each behaviour's level by identifier."""

    tops: tuple[Branch, ...]
    levels: tuple[LooseItem, ...]
    level_of: Mapping[str, str]


def hierarchy(package: LoosePackage, outside: Mapping[str, LooseItem]) -> Hierarchy:
    """Return what stands under what; `outside` are items of other frameworks here that a package may point at.

    Raises CaseReadError for an item that stands under two, or under itself by way of others.
    """
    items = dict(outside) | package.items
    parent: dict[str, str] = {}
    place: dict[str, tuple[int, str]] = {}
    for each in package.associations:
        child = each.origin.identifier
        if each.type != "isChildOf" or child not in items:
            continue
        if child in parent and parent[child] != each.destination.identifier:
            raise CaseReadError(f"{_named(items[child])} stands under two items")
        parent[child] = each.destination.identifier
        place[child] = (each.number if each.number is not None else items[child].number, items[child].code)
    _refuse_circles(parent, items)
    level_of = {
        each.origin.identifier: each.destination.identifier
        for each in package.associations
        if each.type == LEVEL_RELATION
    }
    is_level = set(level_of.values()) | {
        identifier for identifier, item in items.items() if item.kind.casefold() == LEVEL_KIND
    }
    below: dict[str, list[str]] = defaultdict(list)
    for child in [*package.items, *(each for each in parent if each not in package.items)]:
        if child not in is_level:
            above = parent.get(child, package.identifier)
            below[above if above in items else package.identifier].append(child)

    def branch(identifier: str) -> Branch:
        order = sorted(below[identifier], key=lambda child: place.get(child, (items[child].number, items[child].code)))
        return Branch(items[identifier], tuple(branch(child) for child in order))

    tops = sorted(below[package.identifier], key=lambda child: place.get(child, (0, items[child].code)))
    levels = [items[identifier] for identifier in is_level if identifier in items]
    return Hierarchy(
        tuple(branch(top) for top in tops),
        tuple(sorted(levels, key=lambda level: (level.number, level.code, level.text))),
        level_of,
    )


def _refuse_circles(parent: Mapping[str, str], items: Mapping[str, LooseItem]) -> None:
    cleared: set[str] = set()
    for start in parent:
        path: list[str] = []
        here = start
        while here in parent and here not in cleared:
            if here in path:
                names = " > ".join(_named(items[each]) for each in path[path.index(here) :] if each in items)
                raise CaseReadError(f"these stand under each other in a circle: {names}")
            path.append(here)
            if len(path) > MOST_FLOORS:
                raise CaseReadError(f"{_named(items[start])} stands more than {MOST_FLOORS} floors down")
            here = parent[here]
        cleared.update(path)


def _named(item: LooseItem) -> str:
    return item.code or item.label or item.text[:40]
