"""Read a file of offerings and sessions, show what it would change, and store it."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trellis.exchange.catalogue.actions import run_plan
from trellis.exchange.catalogue.grouping import NEW
from trellis.exchange.catalogue.moments import DateOrder, zone_named
from trellis.exchange.catalogue.pending import read_any
from trellis.exchange.catalogue.plan import Fate, Plan
from trellis.exchange.catalogue.planning import Answers, plan_import
from trellis.exchange.catalogue.shown import done_words, lines_of, run_words
from trellis.exchange.tables.mapping import refuse_twins
from trellis.exchange.tables.place import TableError
from trellis.framework.queries import main_tree
from trellis.people.models import Unit

_SIGNS = {Fate.NEW: "+", Fate.CHANGED: "~"}


class Command(BaseCommand):
    """`trellis import_catalogue FILE --unit UID`: the plan first, then, all or nothing, what it says."""

    help = "Read offerings and sessions from a CSV, Excel or calendar file, show the plan, and store it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--unit", required=True, metavar="UID", help="the unit that arranges what is new")
        parser.add_argument("--check", action="store_true", help="stop after the plan; store nothing")
        parser.add_argument("--zone", default=settings.TIME_ZONE, help="time zone where the file names none")
        parser.add_argument(
            "--dates", choices=[order.value for order in DateOrder], help="what comes first: mdy or dmy"
        )
        parser.add_argument("--list", action="store_true", help="put new offerings in the catalog right away")
        parser.add_argument(
            "--all-new", action="store_true", help="take offerings of nearly the same title for new ones"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask before it is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            plan = self._plan(path, options)
        except (TableError, OSError) as error:
            raise CommandError(
                f"{path}: {error}" if isinstance(error, OSError) else str(error), returncode=2
            ) from error
        for line in _lines(plan):
            self.stdout.write(line)
        if plan.ambiguous:
            raise CommandError(
                f"{plan.ambiguous[0]}: this date has two meanings; say --dates mdy or dmy.", returncode=2
            )
        if plan.likenesses:
            raise CommandError("Say --all-new if these are new ones; otherwise give them their number.", returncode=2)
        if options["check"]:
            self.stdout.write("Checked only: nothing was stored.")
        elif not plan.does_something:
            self.stdout.write("The catalog says all of this already; nothing was stored.")
        elif self._agreed(options):
            self._run(plan)
        else:
            self.stdout.write("Nothing was stored.")

    def _plan(self, path: Path, options: dict[str, Any]) -> Plan:
        try:
            unit = Unit.objects.filter(uid=options["unit"]).first()
            zone = zone_named(options["zone"])
        except (ValidationError, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error
        tree = main_tree()
        if unit is None or tree is None:
            missing = "unit of this ID" if tree else "published framework"
            raise CommandError(f"There is no {missing}.", returncode=2)
        sheets = read_any(path, path.name)
        for sheet in sheets.sheets:
            refuse_twins(sheet.header, path.name)
        order = DateOrder(options["dates"]) if options["dates"] else None
        answers = Answers(zone, order, options["list"])
        plan = plan_import(sheets, unit=unit, tree=tree, answers=answers)
        if not plan.likenesses or not options["all_new"]:
            return plan
        same = {likeness.token: NEW for likeness in plan.likenesses}
        return plan_import(sheets, unit=unit, tree=tree, answers=Answers(zone, order, options["list"], same))

    def _agreed(self, options: dict[str, Any]) -> bool:
        if options["yes"] or not sys.stdin.isatty():
            return True
        self.stdout.write("Store this? [y/N] ", ending="")
        self.stdout.flush()
        return input().strip().lower() in ("y", "yes")

    def _run(self, plan: Plan) -> None:
        try:
            self.stdout.write(done_words(run_plan(plan, by=None)))
        except TableError as error:
            raise CommandError(f"Nothing was stored. {error}", returncode=2) from error


def _lines(plan: Plan) -> Iterator[str]:
    yield from plan.sheets.notes
    for fate, sign in _SIGNS.items():
        for line in lines_of(plan, fate):
            yield f"{sign} {line.title}{f', {line.when}' if line.when else ''} ({line.place.cell})"
            yield from (f"    {label}: {change.before} -> {change.after}" for label, change in line.changes)
    for refusal in plan.refusals:
        yield f"! {refusal.place}: {refusal.reason}"
    for likeness in plan.likenesses:
        yield f"? {likeness.place}: “{likeness.title}” is nearly “{likeness.known.title}”, which is there"
    yield f"{run_words(plan) or 'nothing new or changed'}; left out: {len(plan.refusals)}"
