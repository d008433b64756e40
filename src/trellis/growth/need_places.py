"""The parts of the association in which needs are counted: everybody stands in one of them, so that no two overlap.

A part is a local in which 10 or more have answered. Who is in a smaller one is counted with those who belong to its
state directly, and where these are fewer than 10, with those of the unit above.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from trellis.core import clock
from trellis.measure.disclosure import THRESHOLD
from trellis.people.models import Membership, Unit, UnitKind
from trellis.people.nearness import FROM_NEAR_TO_FAR

KINDS = (UnitKind.NATIONAL, UnitKind.STATE, UnitKind.LOCAL)


class Places:
    """The units of the three kinds in tree order, and the one that each is directly inside of; one query."""

    def __init__(self) -> None:
        self.units = list(Unit.objects.filter(kind__in=KINDS).order_by("tree_id", "lft"))
        self.by_key = {unit.pk: unit for unit in self.units}
        self._begins = [(unit.tree_id, unit.lft) for unit in self.units]
        self.above: dict[int, int | None] = {}
        open_units: list[Unit] = []
        for unit in self.units:
            while open_units and not (open_units[-1].tree_id == unit.tree_id and unit.rgt < open_units[-1].rgt):
                open_units.pop()
            self.above[unit.pk] = open_units[-1].pk if open_units else None
            open_units.append(unit)

    def at(self, tree: int, left: int) -> int | None:
        """Return the key of the smallest of these units that a place in the tree is in; None outside of all."""
        place = bisect_right(self._begins, (tree, left)) - 1
        key = self.units[place].pk if place >= 0 else None
        while key is not None and not (self.by_key[key].tree_id == tree and left <= self.by_key[key].rgt):
            key = self.above[key]
        return key

    def up_from(self, key: int | None) -> Iterator[int]:
        """Yield a unit and those that it is inside of, up to the top."""
        while key is not None:
            yield key
            key = self.above[key]


def homes(places: Places) -> dict[int, int]:
    """Return the unit of the three kinds that is each active member's home today, by the person's key; one query.

    Of several homes the one nearest to the members counts, then the earliest, as in `people.queries.home_unit`.
    """
    found: dict[int, tuple[int, int]] = {}
    rank = {kind.value: number for number, kind in enumerate(FROM_NEAR_TO_FAR)}
    held = Membership.objects.active(clock.today()).filter(person__is_active=True).order_by("since", "pk")
    for person, kind, tree, left in held.values_list("person_id", "unit__kind", "unit__tree_id", "unit__lft"):
        home = places.at(tree, left)
        if home is not None and (person not in found or rank[kind] < found[person][0]):
            found[person] = rank[kind], home
    return {person: home for person, (_rank, home) in found.items()}


def parts_of(
    places: Places, home_of: Mapping[int, int], answered: Collection[int], kept: Collection[int]
) -> dict[int, set[int]]:
    """Return who has answered in each part, by the key of its unit; `kept` are parts that stay parts, however small.

    What is left with fewer than 10 at the top is in no part.
    """
    by_home: dict[int, set[int]] = defaultdict(set)
    for person in answered:
        if person in home_of:
            by_home[home_of[person]].add(person)
    parts: dict[int, set[int]] = {}
    # From the members up: what is too small for a part of its own goes to the unit above.
    for unit in reversed(places.units):
        people = by_home.pop(unit.pk, set())
        if unit.pk in kept or len(people) >= THRESHOLD:
            parts[unit.pk] = people
        elif people and (above := places.above[unit.pk]) is not None:
            by_home[above] |= people
    return parts
