"""The fixed cast: one person for each way of standing to a file, in a small association. For permission matrices.

    Common Ground > Alder    > Riverside > Lincoln, Harbor, Riverside board
                             > Millbrook > Orchard
                  > Tamarack > Harrow    > Driftwood

All belong to Lincoln, unless their line says otherwise. `own` is the person whose file the others try to open.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from trellis.core import clock
from trellis.people.access import Viewer
from trellis.people.models import Membership, Person, Role, Sharing, Term, Unit, UnitKind

_TREE = (
    "Common Ground", UnitKind.NATIONAL, (
        ("Alder", UnitKind.STATE, (
            ("Riverside", UnitKind.LOCAL, (
                ("Lincoln", UnitKind.WORKSITE, ()),
                ("Harbor", UnitKind.WORKSITE, ()),
                ("Riverside board", UnitKind.COMMITTEE, ()),
            )),
            ("Millbrook", UnitKind.LOCAL, (("Orchard", UnitKind.WORKSITE, ()),)),
        )),
        ("Tamarack", UnitKind.STATE, (
            ("Harrow", UnitKind.LOCAL, (("Driftwood", UnitKind.WORKSITE, ()),)),
        )),
    ),
)  # fmt: skip
# name: where they belong, what they share, their role and its unit
_PERSONS: dict[str, tuple[str, Sharing, tuple[str, str] | None]] = {
    "own": ("Lincoln", Sharing.LEADERS, None),
    "coached": ("Lincoln", Sharing.COACH, None),
    "private": ("Lincoln", Sharing.ME, None),
    "colleague": ("Lincoln", Sharing.ME, None),
    "representative": ("Lincoln", Sharing.ME, ("building-representative", "Lincoln")),
    "treasurer": ("Harbor", Sharing.ME, ("local-treasurer", "Riverside")),
    "president": ("Harbor", Sharing.ME, ("local-president", "Riverside")),
    "former_president": ("Lincoln", Sharing.ME, ("local-president", "Riverside")),
    "suspended": ("Lincoln", Sharing.LEADERS, ("local-president", "Riverside")),
    "coach": ("Harbor", Sharing.ME, ("coach", "Riverside")),
    "neighbour": ("Orchard", Sharing.LEADERS, None),
    "sibling_president": ("Orchard", Sharing.ME, ("local-president", "Millbrook")),
    "state_staff": ("Alder", Sharing.ME, ("state-leadership-staff", "Alder")),
    "other_state_president": ("Driftwood", Sharing.ME, ("local-president", "Harrow")),
    "steward": ("Common Ground", Sharing.ME, ("data-steward", "Common Ground")),
    "gone": ("Lincoln", Sharing.LEADERS, None),
}
NAMES = ("anonymous", *_PERSONS)


@dataclass(frozen=True, slots=True)
class Cast:
    """Persons and units by name: `cast.president`, `cast.unit("Lincoln")`, `cast.viewer("anonymous")`."""

    persons: Mapping[str, Person]
    units: Mapping[str, Unit]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.viewer(name)
        except KeyError as error:
            raise AttributeError(name) from error

    def viewer(self, name: str) -> Viewer:
        """Return a person freshly read, as each request does, or the visitor; raises KeyError for another name."""
        if name == "anonymous":
            return AnonymousUser()
        return Person.objects.get(pk=self.persons[name].pk)

    def unit(self, name: str) -> Unit:
        """Return a unit."""
        return self.units[name]


def build_cast() -> Cast:
    """Store the cast and return it; the roles must be loaded. A handful of statements."""
    units = {unit.name: unit for unit in Unit.objects.bulk_create(_planted(_TREE))}
    today, roles = clock.today(), {role.code: role for role in Role.objects.all()}
    since, yesterday = today - dt.timedelta(days=400), today - dt.timedelta(days=1)
    persons = {
        name: Person(
            email=f"{name}@example.org", given_name=name.replace("_", " ").title(), family_name="Cast",
            occupation="Paraeducator", sharing=sharing, is_active=name != "suspended", password="!",
        )
        for name, (_, sharing, _) in _PERSONS.items()
    }  # fmt: skip
    Person.objects.bulk_create(persons.values())
    Membership.objects.bulk_create(
        Membership(person=persons[name], unit=units[home], since=since, until=yesterday if name == "gone" else None)
        for name, (home, _, _) in _PERSONS.items()
    )
    Term.objects.bulk_create(
        Term(
            person=persons[name], role=roles[held[0]], unit=units[held[1]], starts=since,
            ends=yesterday if name == "former_president" else None,
        )
        for name, (_, _, held) in _PERSONS.items()
        if held is not None
    )  # fmt: skip
    return Cast(persons, units)


def _planted(tree: Any) -> list[Unit]:
    """Number a nested description as nested sets, in a tree of its own."""
    last = Unit.objects.order_by("-tree_id").values_list("tree_id", flat=True).first() or 0
    units: list[Unit] = []
    place = 0

    def walk(name: str, kind: UnitKind, inside: Any, depth: int) -> None:
        nonlocal place
        place += 1
        unit = Unit(name=name, kind=kind, tree_id=last + 1, depth=depth, lft=place)
        units.append(unit)
        for each in inside:
            walk(*each, depth + 1)
        place += 1
        unit.rgt = place

    walk(*tree, 1)
    return units
