"""Compare two editions, or documents of any readable shape, word by word."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from trellis.framework.diff import NotComparableError, compare
from trellis.framework.finding import editions_named, likeliest_pair
from trellis.framework.models import Edition
from trellis.framework.outline import Outline, document_outline
from trellis.framework.reader import DocumentError, read_document
from trellis.framework.report import comparison_lines


class Command(BaseCommand):
    """`trellis diff_framework A B`: unchanged, reworded, moved, new, gone."""

    help = "Compare two editions (2020, nea-lcf/2020) or documents (by their files), from A to B."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("before", metavar="A")
        parser.add_argument("after", metavar="B")
        parser.add_argument("--json", metavar="OUT", help="write the comparison as JSON to OUT (- is standard output)")

    def handle(self, *args: Any, **options: Any) -> None:
        before, after = (self._sides(options[side]) for side in ("before", "after"))
        try:
            comparison = compare(*likeliest_pair(before, after))
        except NotComparableError as error:
            message = f"{options['before']} and {options['after']} are of different shapes: a grid and a list."
            raise CommandError(message, returncode=2) from error
        if options["json"] != "-":
            for line in comparison_lines(comparison):
                self.stdout.write(line)
        if options["json"]:
            self._write(json.dumps(comparison.to_json(), ensure_ascii=False, indent=2) + "\n", options["json"])

    def _sides(self, name: str) -> list[Outline | Edition]:
        path = Path(name)
        if path.is_file():
            try:
                return [document_outline(read_document(path), path.name)]
            except DocumentError as error:
                raise CommandError(f"{path}: {error}", returncode=2) from error
        try:
            found: list[Outline | Edition] = [*editions_named(name)]
        except DatabaseError as error:
            raise CommandError("The database is not ready: run `trellis migrate` first.", returncode=2) from error
        if not found:
            raise CommandError(f"There is no file and no edition {name}.", returncode=2)
        return found

    def _write(self, text: str, target: str) -> None:
        if target == "-":
            self.stdout.write(text, ending="")
            return
        try:
            Path(target).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{target}: cannot be written ({error.strerror})", returncode=2) from error
