"""How near two persons are in the unit tree: one worksite, one local, one state, or further; read for many at once."""

import enum
from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import NamedTuple

from trellis.core import clock
from trellis.people.models import Membership, Unit, UnitKind

_KINDS = (UnitKind.WORKSITE, UnitKind.LOCAL, UnitKind.STATE)
# The smaller the part of the association, the more it is a home; a committee is where one helps, not where one belongs.
FROM_NEAR_TO_FAR = (*_KINDS, UnitKind.NATIONAL, UnitKind.COMMITTEE)


class Nearness(enum.StrEnum):
    """The smallest part of the association that two persons share."""

    WORKSITE = "worksite"
    LOCAL = "local"
    STATE = "state"
    ELSEWHERE = "elsewhere"


class Home(NamedTuple):
    """Where a person is at home: the tree, and the keys of worksite, local and state; 0 where there is none."""

    tree: int
    worksite: int
    local: int
    state: int


def home_units(person_ids: Collection[int]) -> dict[int, Unit]:
    """Return the unit that is each person's home today, by key; who is a member nowhere is left out. One query.

    Of several memberships the smallest part of the association counts, and of equal ones the earliest.
    """
    found: dict[int, Unit] = {}
    held = Membership.objects.filter(person_id__in=person_ids).active(clock.today()).select_related("unit")
    for membership in held.order_by("since", "pk"):
        kept = found.get(membership.person_id)
        if kept is None or _rank(membership.unit) < _rank(kept):
            found[membership.person_id] = membership.unit
    return found


def homes_of(person_ids: Collection[int]) -> dict[int, Home]:
    """Return where in the tree each of these persons is at home today, by key. Three queries."""
    local, state = _Ranges(UnitKind.LOCAL), _Ranges(UnitKind.STATE)
    return {
        person: Home(
            unit.tree_id,
            unit.pk if unit.kind == UnitKind.WORKSITE else 0,
            local.around(unit.tree_id, unit.lft),
            state.around(unit.tree_id, unit.lft),
        )
        for person, unit in home_units(person_ids).items()
    }


def _rank(unit: Unit) -> int:
    return FROM_NEAR_TO_FAR.index(UnitKind(unit.kind))


def nearness(one: Home, other: Home) -> Nearness:
    """Return the smallest part of the association that two homes share."""
    for kind in _KINDS:
        key = getattr(one, kind.value)
        if key and key == getattr(other, kind.value):
            return Nearness(kind.value)
    return Nearness.ELSEWHERE


class _Ranges:
    """The units of one kind, which never lie inside each other: a place is found by halving."""

    def __init__(self, kind: UnitKind) -> None:
        rows: Iterable[tuple[int, int, int, int]] = (
            Unit.objects.filter(kind=kind).order_by("tree_id", "lft").values_list("tree_id", "lft", "rgt", "pk")
        )
        self._rows = list(rows)
        self._starts = [(tree, left) for tree, left, _right, _key in self._rows]

    def around(self, tree: int, left: int) -> int:
        """Return the key of the unit that a place lies in, 0 when it lies in none."""
        place = bisect_right(self._starts, (tree, left)) - 1
        if place < 0:
            return 0
        own_tree, _left, right, key = self._rows[place]
        return key if own_tree == tree and left <= right else 0
