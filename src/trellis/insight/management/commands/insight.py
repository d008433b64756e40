"""What has been released, for analysts: as a table to read, or as a file for other tools."""

import uuid
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.insight.models import Release
from trellis.insight.queries import latest_release, release_of
from trellis.insight.released_files import FORMATS
from trellis.insight.released_rows import EVERYTHING, QUESTIONS, header, rows
from trellis.people.models import Unit, UnitKind

_SHOWN = (UnitKind.NATIONAL, UnitKind.STATE, UnitKind.LOCAL)


class Command(BaseCommand):
    """`trellis insight QUESTION --unit U --wave W --format csv`: released figures only, whoever asks."""

    help = "Show or export released figures about groups; nothing that the gate has hidden is in them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is asked, about whom, and how it is written."""
        parser.add_argument("question", choices=[*QUESTIONS, EVERYTHING])
        parser.add_argument("--unit", help="name or uid of a unit; the whole association without it")
        parser.add_argument("--each", action="store_true", help="ask about every state and local inside it as well")
        parser.add_argument("--wave", help="code of a wave; the newest that is released without it")
        parser.add_argument("--by", default="", metavar="ATTRIBUTE", help="break down by an attribute, such as office")
        parser.add_argument("--format", choices=sorted(FORMATS), default="table")
        parser.add_argument("--output", type=Path, help="write to this file; needed for parquet")

    def handle(self, *args: Any, **options: Any) -> None:
        question, output = options["question"], options["output"]
        if options["format"] == "parquet" and output is None:
            raise CommandError("parquet is no text: name a file with --output", returncode=2)
        units = self._units(options["unit"], each=options["each"] or (question == EVERYTHING and not options["unit"]))
        try:
            found = list(rows(self._release(options["wave"]), question, units, options["by"]))
        except LookupError as error:
            raise CommandError(str(error.args[0]), returncode=2) from error
        pieces = FORMATS[options["format"]](header(question), found)
        if output is None:
            for piece in pieces:
                self.stdout.write(piece.decode(), ending="")
            return
        try:
            with output.open("wb") as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}", returncode=2) from error

    def _release(self, wave: str | None) -> Release:
        found = release_of(wave) if wave else latest_release()
        if found is None:
            what = f"the wave {wave!r} is not released" if wave else "no wave is released yet"
            raise CommandError(f"{what}: see `trellis wave list` and `trellis release_insight`", returncode=2)
        return found

    def _units(self, named: str | None, *, each: bool) -> list[Unit]:
        found = list(self._named(named))
        if len(found) != 1:
            kinds = ", ".join(f"{unit.kind} {unit.uid}" for unit in found)
            what = f"there are {len(found)} units named {named!r}: {kinds}" if found else f"there is no unit {named!r}"
            raise CommandError(what, returncode=2)
        (unit,) = found
        inside = Unit.objects.filter(tree_id=unit.tree_id, lft__gt=unit.lft, rgt__lt=unit.rgt, kind__in=_SHOWN)
        return [unit, *(inside.order_by("lft") if each else ())]

    def _named(self, named: str | None) -> "list[Unit]":
        if named is None:
            return list(Unit.objects.filter(kind=UnitKind.NATIONAL).order_by("tree_id", "lft")[:1])
        with suppress(ValueError):
            return list(Unit.objects.filter(uid=uuid.UUID(named)))
        return list(Unit.objects.filter(name__iexact=named).order_by("tree_id", "lft"))
