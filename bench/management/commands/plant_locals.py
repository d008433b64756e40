"""Plants the units that a drawn list of members names on an empty site, and says which one the list is of."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bench.roster import LOCAL, WORKSITE, local_name, worksite_name
from trellis.people.models import Unit, UnitKind
from trellis.people.planting import Wanted, add_units


class Command(BaseCommand):
    """`plant_locals --people N`: prints the uid of the state that they stand in."""

    help = "Plant the units that a drawn list of members names (for the benchmark)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        units: Any = Unit.objects  # treebeard's own manager, which has no types
        nation = units.add_root(instance=Unit(kind=UnitKind.NATIONAL, name="Everybody"))
        (state,) = add_units([Wanted(nation, UnitKind.STATE, "Cedar")], by=None)
        count = -(-options["people"] // LOCAL)
        locals_ = add_units([Wanted(state, UnitKind.LOCAL, local_name(number)) for number in range(count)], by=None)
        add_units(
            [
                Wanted(local, UnitKind.WORKSITE, worksite_name(number, place))
                for number, local in enumerate(locals_)
                for place in range(LOCAL // WORKSITE)
            ],
            by=None,
        )
        self.stdout.write(str(state.uid))
