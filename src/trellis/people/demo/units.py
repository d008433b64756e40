"""Plants the fictional association's tree of units."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from trellis.people.demo.files import read
from trellis.people.models import Unit, UnitKind


@dataclass(slots=True)
class Local:
    """A local with what is inside it, and the list that its members' jobs are drawn from."""

    unit: Unit
    jobs: str
    worksites: list[Unit] = field(default_factory=list)
    committees: list[Unit] = field(default_factory=list)


@dataclass(slots=True)
class Association:
    """The planted tree; all its units are stored."""

    national: Unit
    states: list[Unit]
    locals: list[Local]

    def unit(self, name: str) -> Unit:
        """Return the unit of that name; raises LookupError when there is none."""
        inside = (each for local in self.locals for each in (local.unit, *local.worksites, *local.committees))
        for unit in (self.national, *self.states, *inside):
            if unit.name == name:
                return unit
        raise LookupError(name)


class _Planter:
    """Numbers the units of one tree as nested sets, in the order in which they are walked."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._tree_id = (Unit.objects.aggregate(last=Max("tree_id"))["last"] or 0) + 1
        self._place = 0
        self._depth = 0
        self.units: list[Unit] = []

    def enter(self, kind: UnitKind, name: str) -> Unit:
        """Begin a unit inside those that are open."""
        self._place += 1
        self._depth += 1
        unit = Unit(
            uid=minted(self._rng), kind=kind, name=name, tree_id=self._tree_id, depth=self._depth, lft=self._place
        )
        self.units.append(unit)
        return unit

    def leave(self, unit: Unit) -> Unit:
        """Close a unit."""
        self._place += 1
        self._depth -= 1
        unit.rgt = self._place
        return unit

    def leaf(self, kind: UnitKind, name: str) -> Unit:
        """Plant a unit with nothing inside."""
        return self.leave(self.enter(kind, name))


def minted(rng: random.Random) -> uuid.UUID:
    """Return a UUID of version 4 from a seeded source, so that it is the same every time."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def plant(rng: random.Random) -> Association:
    """Store all units in one statement and return them."""
    planter = _Planter(rng)
    plan = read("association")
    national = planter.enter(UnitKind.NATIONAL, plan["national"])
    states: list[Unit] = []
    locals_: list[Local] = []
    for item in plan["states"]:
        state = planter.enter(UnitKind.STATE, item["name"])
        locals_.extend(_locals(planter, item["locals"]))
        states.append(planter.leave(state))
    planter.leave(national)
    Unit.objects.bulk_create(planter.units)
    return Association(national, states, locals_)


def _locals(planter: _Planter, items: list[dict[str, Any]]) -> Iterator[Local]:
    for item in items:
        local = Local(planter.enter(UnitKind.LOCAL, item["name"]), item["jobs"])
        local.worksites = [planter.leaf(UnitKind.WORKSITE, name) for name in item["worksites"]]
        local.committees = [planter.leaf(UnitKind.COMMITTEE, name) for name in item.get("committees", ())]
        planter.leave(local.unit)
        yield local
