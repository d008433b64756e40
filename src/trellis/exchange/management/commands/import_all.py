"""Read everything back that `export_all` has written, into an empty Trellis: the plan first, then all or nothing."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from trellis.core.progress import Progress
from trellis.exchange.whole.opening import Whole, WholeError, open_whole
from trellis.exchange.whole.storing import in_the_way, store_whole


class Command(BaseCommand):
    """`trellis import_all FILE.zip`: of the same version, and only where nothing is yet."""

    help = "Read a file of `trellis export_all` into an empty Trellis. The plan comes first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")
        parser.add_argument("--check", action="store_true", help="stop after the plan; store nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask before it is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with open_whole(path) as whole:
                for line in _lines(whole):
                    self.stdout.write(line)
                for label, count in in_the_way():
                    raise CommandError(f"This Trellis is not empty: {label} has {count} rows.", returncode=2)
                if options["check"]:
                    self.stdout.write("Checked only: nothing was stored.")
                elif not options["yes"] and sys.stdin.isatty() and not _agreed():
                    self.stdout.write("Nothing was stored.")
                else:
                    with Progress(self.stderr) as progress:
                        store_whole(whole, by=None, said=progress)
                    self.stdout.write(f"{whole.rows:,} rows and {len(whole.manifest.files):,} files are stored.")
        except WholeError as error:
            raise CommandError(f"{path}: {error}", returncode=2) from error
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}", returncode=2) from error
        except OperationalError as error:
            raise CommandError(f"{error}; run `trellis migrate` first", returncode=2) from error


def _lines(whole: Whole) -> Iterator[str]:
    found = whole.manifest
    yield f"Made by Trellis {found.trellis} on {found.made_at[:10]}:"
    for _shelf, part in whole.shelves:
        if part.rows:
            yield f"+ {part.model}: {part.rows:,}"
    yield f"{whole.rows:,} rows in all, and {len(found.files):,} files"
    if found.missing:
        yield f"! {len(found.missing)} files were missing when it was made"
    yield "What is sealed can be read only if TRELLIS_SECRET_KEY is the one of the site that it came from."


def _agreed() -> bool:
    return input("Store this? [y/N] ").strip().lower() in ("y", "yes")
