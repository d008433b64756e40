"""Makes the units that a list names and a person has called new: locals first, then the worksites inside of them."""

from trellis.core import audit
from trellis.exchange.people.places import MEANS, NEW, Spot, key_of, places_in
from trellis.exchange.people.stage import Tables
from trellis.people.models import Unit, UnitKind
from trellis.people.planting import Wanted, add_units


def may_be_new(scope: Unit, inside: Unit | Spot | None, worksite: str, local: str) -> bool:
    """Say whether a place that nobody knows can be made: a worksite needs a local to stand in."""
    if not worksite:
        return bool(local) and scope.kind in (UnitKind.STATE, UnitKind.NATIONAL)
    return inside.kind == UnitKind.LOCAL if inside is not None else bool(local) and scope.kind != UnitKind.LOCAL


def plant_new(tables: Tables, scope: Unit, *, by: audit.Actor | None) -> None:
    """Store them, and write down which unit each place is now. Raises ValidationError for a name that cannot be one."""
    question = "SELECT id, text, more FROM $words WHERE kind = 'place' AND value = %s AND unit IS NULL ORDER BY id"
    wanted: list[tuple[int, str, str]] = list(tables.ask(question, NEW))
    if not wanted:
        return
    places = places_in(scope, {})
    found = {local: places.local(local) for _number, _worksite, local in wanted}
    known = Unit.objects.in_bulk({spot.pk for spot in found.values() if spot})
    unknown = {key_of(local): local for local, spot in found.items() if spot is None}
    made = add_units([Wanted(scope, UnitKind.LOCAL, local) for local in unknown.values()], by=by)
    locals_ = dict(zip(unknown, made, strict=True))

    def inside(local: str) -> Unit:
        spot = found[local]
        return known[spot.pk] if spot else locals_[key_of(local)]

    worksites = {
        (inside(local).pk, key_of(worksite)): Wanted(inside(local), UnitKind.WORKSITE, worksite)
        for _number, worksite, local in wanted
        if worksite
    }
    built = dict(zip(worksites, add_units(list(worksites.values()), by=by), strict=True))
    tables.many(
        MEANS,
        [
            (number, (built[inside(local).pk, key_of(worksite)] if worksite else inside(local)).pk, NEW)
            for number, worksite, local in wanted
        ],
    )
