"""Load and publish an edition and its words in other languages; without a folder, what comes with Trellis."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.checked import DataFileError
from trellis.framework.actions import load_plain_edition, load_wording, publish_edition
from trellis.framework.plain import SHIPPED, read_folder
from trellis.framework.rendering import read_renderings


class Command(BaseCommand):
    """`trellis load_framework [FOLDER ...]`: running it twice changes nothing, but takes over mended words."""

    help = "Load and publish an edition from its folder (without one: the editions that come with Trellis)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
        parser.add_argument("--draft", action="store_true", help="load only; publish later with publish_framework")

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in options["folders"] or SHIPPED:
            try:
                plain = read_folder(folder)
                renderings = read_renderings(folder, plain)
                edition, is_new = load_plain_edition(plain, by=None)
            except DataFileError as error:
                raise CommandError(str(error), returncode=2) from error
            if is_new and not options["draft"]:
                publish_edition(edition, by=None)
            changed = load_wording(edition, renderings, by=None)
            state = "loaded" if is_new else "was there already"
            if changed:
                state += f"; {changed} texts in other languages"
            self.stdout.write(f"{edition.framework.name}, edition {edition.code}: {state}")
