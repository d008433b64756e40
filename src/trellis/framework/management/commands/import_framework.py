"""Read an official document, show what its import would do, and make it a draft edition."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import DatabaseError
from django.utils.text import slugify

from trellis.framework.actions import LONGEST_CODE, store_import
from trellis.framework.bases import Prepared, UnknownFrameworkError, editions_with_same_words, prepare
from trellis.framework.finding import full_code
from trellis.framework.importing import plan_import
from trellis.framework.reader import Document, DocumentError, read_document
from trellis.framework.report import found_lines, plan_lines


class Command(BaseCommand):
    """`trellis import_framework FILE`: the plan first, then the draft; a second step publishes it."""

    help = (
        "Read an official document (Markdown tables, tab-separated text or an attribute list), show the plan,"
        " and store it as a draft edition. Publish it later with publish_framework."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="stop after the plan; store nothing")
        parser.add_argument("--json", metavar="OUT", help="write what was read as JSON to OUT (- is standard output)")
        parser.add_argument("--into", metavar="FRAMEWORK", default="", help="code of the framework it is an edition of")
        parser.add_argument(
            "--edition", metavar="CODE", default="", help="code of the draft (default: the file's name)"
        )
        parser.add_argument("--name", default="", help="name of the draft")
        parser.add_argument("--drop-missing", action="store_true", help="leave out what the document no longer has")
        parser.add_argument("--replace", action="store_true", help="replace a draft that has this code")
        parser.add_argument("--yes", action="store_true", help="do not ask before the draft is made")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        # Standard output is for the JSON alone when it goes there; `str` keeps the other one from being all red.
        out = self.stderr if options["json"] == "-" else self.stdout
        try:
            document = read_document(path)
            self._write_json(document, options["json"])
            prepared = self._prepared(document, path, options)
        except DocumentError as error:
            raise CommandError(f"{path}: {error}", returncode=2) from error
        except UnknownFrameworkError as error:
            known = ", ".join(error.known) or "none of this shape"
            raise CommandError(f"There is no framework {error.code}; there are: {known}.", returncode=2) from error
        framework = prepared.framework.name if prepared.framework else "a framework of its own"
        for line in (
            *found_lines(str(path), document, prepared.plan.comparison.after),
            *plan_lines(prepared.plan, framework),
        ):
            out.write(line, str)
        if options["check"]:
            for edition in editions_with_same_words(prepared):
                out.write(f"The edition {full_code(edition)} says the same already.", str)
            out.write("Checked only: nothing was stored.", str)
        elif self._agreed(out, options):
            out.write(self._store(prepared, path, options), str)
        else:
            out.write("Nothing was stored.", str)

    def _write_json(self, document: Document, target: str | None) -> None:
        if target is None:
            return
        text = json.dumps(document.to_json(), ensure_ascii=False, indent=2) + "\n"
        if target != "-":
            try:
                Path(target).write_text(text, encoding="utf-8")
            except OSError as error:
                raise CommandError(f"{target}: cannot be written ({error.strerror})", returncode=2) from error
            return
        # UTF-8 whatever the terminal's own encoding is.
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(text, ending="")
        else:
            binary.write(text.encode())
            binary.flush()

    def _prepared(self, document: Document, path: Path, options: dict[str, Any]) -> Prepared:
        drop_missing = options["drop_missing"]
        try:
            return prepare(document, path.name, into=options["into"], drop_missing=drop_missing)
        except DatabaseError as error:
            if options["check"] and not options["into"]:
                # A document can be checked before there is a database.
                return Prepared(plan_import(document, None, path.name, drop_missing=drop_missing), None, None)
            raise CommandError("The database is not ready: run `trellis migrate` first.", returncode=2) from error

    def _agreed(self, out: OutputWrapper, options: dict[str, Any]) -> bool:
        if options["yes"] or not sys.stdin.isatty():
            return True
        out.write("Make this draft edition? [y/N] ", str, ending="")
        out.flush()
        return input().strip().lower() in ("y", "yes")

    def _store(self, prepared: Prepared, path: Path, options: dict[str, Any]) -> str:
        code = options["edition"] or slugify(path.stem)[:LONGEST_CODE].strip("-_") or "imported"
        name = options["name"] or f"Official wording: {path.stem}"
        try:
            edition, is_new = store_import(prepared, code=code, name=name, replace=options["replace"], by=None)
        except ValidationError as error:
            raise CommandError(f"{path}: {' '.join(error.messages)} (--edition CODE)", returncode=2) from error
        full = full_code(edition)
        if not is_new:
            return f"This edition is there already as {full} ({edition.get_status_display()}); nothing changed."
        return f"Draft edition {full} is stored. Publish it with: trellis publish_framework {full}"
