"""Read a framework from another system's CASE package, show what it would become, and store it as a draft."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trellis.exchange.case.reader.fetching import MOST_BYTES, fetch
from trellis.exchange.case.reader.loose import CaseReadError, read_package
from trellis.exchange.case.reader.store import CasePlan, plan_case, store_case
from trellis.framework.finding import full_code

_COUNTED = {
    "Domain": "domains", "Theme": "themes", "Cell": "cells", "Level": "levels", "Statement": "statements",
    "Activity": "activities", "Definition": "definitions", "AttributeGroup": "groups", "Attribute": "attributes",
}  # fmt: skip


class Command(BaseCommand):
    """`trellis import_case FILE|URL`: the plan first, then the draft; a second step publishes it."""

    help = "Read a CASE package (a file, or an https address) and store it as a draft edition. The plan comes first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FILE|URL")
        parser.add_argument("--check", action="store_true", help="stop after the plan; store nothing")
        parser.add_argument("--into", metavar="FRAMEWORK", default="", help="code of the framework it is an edition of")
        parser.add_argument("--edition", metavar="CODE", default="", help="code of the draft")
        parser.add_argument("--yes", action="store_true", help="do not ask before the draft is made")

    def handle(self, *args: Any, **options: Any) -> None:
        source: str = options["source"]
        try:
            plan = plan_case(read_package(_content(source)), into=options["into"])
        except CaseReadError as error:
            raise CommandError(f"{source}: {error}", returncode=2) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        for line in _lines(plan):
            self.stdout.write(line)
        if plan.already is not None:
            self.stdout.write(f"It is here already as {full_code(plan.already)}; nothing changed.")
        elif options["check"]:
            self.stdout.write("Checked only: nothing was stored.")
        elif not options["yes"] and sys.stdin.isatty() and not _agreed():
            self.stdout.write("Nothing was stored.")
        else:
            self._store(plan, options["edition"], source)

    def _store(self, plan: CasePlan, code: str, source: str) -> None:
        try:
            full = full_code(store_case(plan, code=code, by=None))
        except ValidationError as error:
            raise CommandError(f"{source}: {' '.join(error.messages)} (--edition CODE)", returncode=2) from error
        self.stdout.write(f"Draft edition {full} is stored. Publish it with: trellis publish_framework {full}")


def _content(source: str) -> Any:
    if "://" in source:
        raw = fetch(source)
    else:
        try:
            path = Path(source)
            if path.stat().st_size > MOST_BYTES:
                raise CaseReadError(f"is larger than {MOST_BYTES // 1_000_000} MB")
            raw = path.read_bytes()
        except OSError as error:
            raise CaseReadError(error.strerror or str(error)) from error
    try:
        return json.loads(raw)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise CaseReadError(f"is no JSON: {error}") from error


def _lines(plan: CasePlan) -> Iterator[str]:
    package, rows = plan.arrival.package, plan.arrival.rows
    yield f"{package.title} ({package.version}), by {package.creator or 'an unknown owner'}"
    yield "Holds " + ", ".join(f"{len(rows[name])} {words}" for name, words in _COUNTED.items() if rows.get(name)) + "."
    yield f"Becomes a draft edition of {plan.framework.name if plan.framework else 'a framework of its own'}."
    if plan.arrival.aliases:
        yield f"Points at {len(plan.arrival.aliases)} items that are here: {', '.join(plan.arrival.aliases[:10])}"
    if plan.arrival.outside:
        yield f"Keeps {len(plan.arrival.outside)} relations to other frameworks as they are."
    if not rows.get("Statement") and plan.arrival.kind == "framework":
        yield "It brings no plain-language statements, so nothing can be read against them yet."
    yield from plan.arrival.warnings
    for each in plan.crosswalk:
        if each.is_certain:
            yield f"Same as here, by its own word: {each.name} = {each.other_name or each.other}"
        else:
            yield f"Perhaps the same ({each.likeness:.0f} of 100), please check: {each.name} ~ {each.other_name}"


def _agreed() -> bool:
    return input("Make this draft edition? [y/N] ").strip().lower() in ("y", "yes")
