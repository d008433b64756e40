"""Take everything out: one zip with a file for each table, the uploaded files, and a README that explains it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.progress import Progress
from trellis.exchange.whole.writer import write_whole


class Command(BaseCommand):
    """`trellis export_all FILE.zip`: readable by its owner alone; other people go on working meanwhile."""

    help = "Write everything that this Trellis holds into one zip file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")
        parser.add_argument("--replace", action="store_true", help="write over a file that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.exists() and not options["replace"]:
            raise CommandError(f"{path} is there already; choose another name, or say --replace", returncode=2)
        try:
            with Progress(self.stderr) as progress:
                found = write_whole(path, said=progress)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}", returncode=2) from error
        rows = sum(part.rows for part in found.data)
        self.stdout.write(f"{path}: {rows:,} rows of {len(found.data)} tables, {len(found.files):,} files")
        for name in found.missing:
            self.stdout.write(f"! {name}: a row names this file, and it is not on the disk")
        self.stdout.write("It is as private as the site itself: keep it locked up, and delete it when it has served.")
