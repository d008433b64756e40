"""Read a list of members, show what it would change, and store it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trellis.core.progress import Progress
from trellis.core.sheets.writer import csv_pieces
from trellis.exchange.catalogue.moments import DateOrder
from trellis.exchange.models import PeopleImport
from trellis.exchange.people.actions import begin_import, cancel_import, read_list, run_import, say
from trellis.exchange.people.matching import NEW as NEW_PERSON
from trellis.exchange.people.new_units import may_be_new
from trellis.exchange.people.places import NEW, Spelling
from trellis.exchange.people.plan import Plan, plan_of, stage_of
from trellis.exchange.people.reading import Reading
from trellis.exchange.people.refused import refusals_on, refused_header, refused_rows
from trellis.exchange.people.shown import done_words, plan_lines
from trellis.exchange.people.stage import Tables
from trellis.exchange.tables.place import TableError
from trellis.people.models import Unit
from trellis.people.models.role import ROSTER_KINDS

_SHOWN = 20


class Command(BaseCommand):
    """`trellis import_people FILE --unit UID`: the plan first, then, all or nothing, what it says."""

    help = "Read a list of members from a CSV or Excel file, show what would change, and store it."
    requires_system_checks = ()  # they read every page and address of the site first, for a second

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--unit", required=True, metavar="UID", help="the association, state or local of the list")
        parser.add_argument("--check", action="store_true", help="stop after the plan; store nothing")
        parser.add_argument("--whole", action="store_true", help="the list is whole: who is missing in it has left")
        parser.add_argument(
            "--dates", choices=[order.value for order in DateOrder], help="what comes first: mdy or dmy"
        )
        parser.add_argument("--likely", action="store_true", help="take the likeliest unit for a place that is unknown")
        parser.add_argument("--new-units", action="store_true", help="make new units of the places that are unknown")
        parser.add_argument("--all-new", action="store_true", help="take people of nearly the same name for new ones")
        parser.add_argument("--refused", type=Path, metavar="CSV", help="write the rows that are left out to this file")
        parser.add_argument("--yes", action="store_true", help="do not ask before it is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        unit = self._unit(options["unit"])
        if not path.is_file():
            raise CommandError(f"{path}: there is no such file.", returncode=2)
        found = begin_import(unit, file=path.name, is_whole=options["whole"], by=None)
        try:
            self._import(found, path, options)
        except (TableError, ValidationError) as error:
            words = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CommandError(f"Nothing was stored. {' '.join(words)}", returncode=2) from error
        finally:
            if not found.is_over:
                cancel_import(found, by=None)

    def _import(self, found: PeopleImport, path: Path, options: dict[str, Any]) -> None:
        with Progress(self.stdout) as progress:
            reading = read_list(found, path, watch=progress)
            self._answer(found, options)

            def show(plan: Plan, tables: Tables) -> bool:
                progress.end_line()
                self._show(found, reading, plan, tables, options)
                if options["check"]:
                    self.stdout.write("Checked only: nothing was stored.")
                elif not plan.tally.does_something:
                    self.stdout.write("The list says nothing new; nothing was stored.")
                return plan.tally.does_something and not options["check"]

            if options["check"] or (sys.stdin.isatty() and not options["yes"]):
                plan = plan_of(found)
                with stage_of(found).open() as tables:
                    if not show(plan, tables):
                        return
                if not self._agreed():
                    self.stdout.write("Nothing was stored.")
                    return
                done = run_import(found, seen=plan.codes, by=None, watch=progress)
            else:
                # Nobody is asked, so that one plan is enough: it is shown, and stored as it is.
                done = run_import(found, agreed=show, by=None, watch=progress)
        if found.is_over:
            self.stdout.write(done_words(done.tally))

    def _show(self, found: PeopleImport, reading: Reading, plan: Plan, tables: Tables, options: dict[str, Any]) -> None:
        """Show a plan and what is left out; raises CommandError where the days of the list can be read in two ways."""
        for line in plan_lines(plan, reading):
            self.stdout.write(line)
        refused: Path | None = options["refused"]
        left_out = refusals_on(tables, found, reading.header, None if refused else _SHOWN)
        if refused:
            with refused.open("wb") as file:
                file.writelines(
                    csv_pieces(refused_header(reading.header), refused_rows(found, options["file"], left_out))
                )
        else:
            for refusal in left_out:
                self.stdout.write(f"! {refusal}")
        if plan.open.ambiguous:
            raise CommandError(f"“{plan.open.ambiguous}” can be two days; say --dates mdy or dmy.", returncode=2)

    def _unit(self, uid: str) -> Unit:
        try:
            unit = Unit.objects.filter(uid=uid, kind__in=ROSTER_KINDS).first()
        except ValidationError:
            unit = None
        if unit is None:
            raise CommandError("There is no association, state or local of this ID.", returncode=2)
        return unit

    def _answer(self, found: PeopleImport, options: dict[str, Any]) -> None:
        """Say what the options say, which may be several rounds of a hundred places."""
        if options["dates"]:
            say(found, by=None, order=options["dates"])
        if options["likely"] or options["new_units"]:
            while places := {
                one.token: said for one in plan_of(found).spellings if (said := _said(found.unit, one, options))
            }:
                say(found, by=None, places=places)
        if options["all_new"]:
            plan_of(found)
            with stage_of(found).open() as tables:
                lines = [str(line) for (line,) in tables.ask("SELECT DISTINCT line FROM $likely")]
            say(found, by=None, persons=dict.fromkeys(lines, NEW_PERSON))

    def _agreed(self) -> bool:
        self.stdout.write("Store this? [y/N] ", ending="")
        self.stdout.flush()
        return input().strip().lower() in ("y", "yes")


def _said(scope: Unit, spelling: Spelling, options: dict[str, Any]) -> str:
    if options["likely"] and spelling.likeliest is not None:
        return str(spelling.likeliest.uid)
    if options["new_units"] and may_be_new(scope, spelling.inside, spelling.worksite, spelling.local):
        return NEW
    return ""
