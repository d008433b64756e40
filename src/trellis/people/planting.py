"""Adds units to the tree, many at once: the nested sets are numbered anew in one walk, not once for each."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit
from trellis.people.models import Unit, UnitKind

# What may stand inside of what.
_INSIDE = {
    UnitKind.STATE: {UnitKind.NATIONAL},
    UnitKind.LOCAL: {UnitKind.NATIONAL, UnitKind.STATE},
    UnitKind.WORKSITE: {UnitKind.LOCAL},
    UnitKind.COMMITTEE: {UnitKind.NATIONAL, UnitKind.STATE, UnitKind.LOCAL},
}


class Wanted(NamedTuple):
    """A unit to be: its kind and name, and inside of which it stands."""

    inside: Unit
    kind: UnitKind
    name: str


@transaction.atomic
def add_units(wanted: Sequence[Wanted], *, by: audit.Actor | None) -> list[Unit]:
    """Store units, each as the last inside of its own; returns them in the same order. One audit row for all.

    Raises ValidationError for a kind that cannot stand there, and for a name that is empty or too long.
    """
    if not wanted:
        return []
    trees = {one.inside.tree_id for one in wanted}
    standing = list(Unit.objects.select_for_update().filter(tree_id__in=trees).order_by("tree_id", "lft"))
    places = {unit.pk: (unit.lft, unit.rgt) for unit in standing}
    made: dict[int, list[Unit]] = defaultdict(list)
    new = []
    for one in wanted:
        if one.inside.kind not in _INSIDE.get(one.kind, set()):
            raise ValidationError(_("A unit of this kind cannot stand there."))
        inside = one.inside
        unit = Unit(kind=one.kind, name=one.name.strip(), tree_id=inside.tree_id, depth=inside.depth + 1, lft=0, rgt=0)
        unit.clean_fields(exclude=["lft", "rgt"])  # the database keeps the rest, without a question for each
        made[inside.pk].append(unit)
        new.append(unit)
    _number(standing, made)
    Unit.objects.bulk_create(new, batch_size=500)
    moved = [unit for unit in standing if places[unit.pk] != (unit.lft, unit.rgt)]
    Unit.objects.bulk_update(moved, ["lft", "rgt"], batch_size=300)
    audit.record(by=by, action="people.units_add", target="units:several", detail={"count": len(new)})
    return new


def _number(standing: Sequence[Unit], made: dict[int, list[Unit]]) -> None:
    """Give every unit its range; `standing` are in their order, `made` come last inside of the unit of that key."""
    tree, place, still_open = 0, 0, list[tuple[Unit, int]]()

    def close() -> None:
        nonlocal place
        unit, _end = still_open.pop()
        for child in made.get(unit.pk, ()):
            child.lft, child.rgt = place + 1, place + 2
            place += 2
        place += 1
        unit.rgt = place

    for unit in standing:
        while still_open and (unit.tree_id != tree or unit.lft > still_open[-1][1]):
            close()
        if unit.tree_id != tree:
            tree, place = unit.tree_id, 0
        still_open.append((unit, unit.rgt))
        place += 1
        unit.lft = place
    while still_open:
        close()
