"""Draw a national association that does not exist, and write the facts about it: benchmarks that anybody can repeat."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.progress import Progress
from trellis.framework.queries import main_tree
from trellis.insight.attributes import attributes
from trellis.insight.facts.generations import RefreshGoingOnError, Store
from trellis.insight.facts.layout import column_of
from trellis.insight.facts.manifest import AttributeColumn, ThemeColumn
from trellis.insight.facts.synthetic import LOCALS, STATES, Recipe, make

_FEWEST, _MOST_WAVES = 1_000, 8


class Command(BaseCommand):
    """`trellis make_facts --people N --waves K --seed S`: into a folder of their own, never beside real ones."""

    help = f"Draw facts about a synthetic association: {STATES} states, up to {LOCALS:,} locals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how large it is, and where it goes."""
        parser.add_argument("--people", type=int, default=100_000)
        parser.add_argument("--waves", type=int, default=2)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--into", type=Path, required=True, metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        people, waves, folder = options["people"], options["waves"], options["into"]
        if people < _FEWEST or not 1 <= waves <= _MOST_WAVES:
            raise CommandError(f"at least {_FEWEST:,} people, and 1 to {_MOST_WAVES} waves", returncode=2)
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty: name a folder for these facts alone", returncode=2)
        tree = main_tree()
        if tree is None:
            raise CommandError("there is no framework yet: run `trellis load_framework` first", returncode=2)
        themes = tuple(ThemeColumn(column_of(one.code), one.code, str(one.uid), one.domain_code) for one in tree.themes)
        groups = tuple(
            AttributeColumn(one.code, tuple(group.code for group in one.groups), one.lowest.value)
            for one in attributes()
        )
        with Progress(self.stderr) as progress:
            try:
                recipe = Recipe(people, waves, options["seed"], themes, groups)
                snapshot = make(recipe, Store(folder), said=lambda done, of: progress("states", done, of))
            except (OSError, RefreshGoingOnError) as error:
                raise CommandError(f"{folder}: {error}", returncode=2) from error
        ratings = snapshot.manifest.rows * len(themes)
        self.stdout.write(f"{snapshot.folder}: {snapshot.manifest.rows:,} responses, up to {ratings:,} ratings")
