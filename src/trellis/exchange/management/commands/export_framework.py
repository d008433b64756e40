"""Write a published edition in a form that other systems read."""

import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from trellis.exchange.case.shelf import Volume, shelf
from trellis.exchange.ctdl.writer import write_graph
from trellis.exchange.moodle.writer import rows
from trellis.framework.access import published_editions

FORMS = ("case", "ctdl", "moodle")


class Command(BaseCommand):
    """`trellis export_framework nea-lcf/2020 --as case`: to standard output."""

    help = "Write a published edition as a CASE package, a CTDL-ASN graph or Moodle's competency file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", metavar="FRAMEWORK/EDITION")
        parser.add_argument("--as", dest="form", choices=FORMS, default="case")

    def handle(self, *args: Any, **options: Any) -> None:
        framework, _, code = options["edition"].partition("/")
        edition = published_editions().filter(framework__code=framework, code=code).first()
        volume = shelf().volume(str(edition.uid)) if edition else None
        if volume is None:
            raise CommandError(f"There is no published edition {options['edition']}.", returncode=2)
        _write(volume, options["form"], self.stdout)


def _write(volume: Volume, form: str, out: OutputWrapper) -> None:
    if form == "moodle":
        csv.writer(out).writerows(rows(volume))
    else:
        content = write_graph(volume) if form == "ctdl" else volume.package.model_dump(exclude_none=True)
        out.write(json.dumps(content, ensure_ascii=False, indent=1))
