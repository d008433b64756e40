"""Bring the facts about groups up to date; meant for the night, and safe to stop at any moment."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.progress import Progress
from trellis.insight.facts.generations import RefreshGoingOnError
from trellis.insight.facts.refresh import NoWavesError, refresh
from trellis.insight.facts.themes import TooManyLevelsError


class Command(BaseCommand):
    """`trellis refresh_insight`: writes what has changed since the last time, beside what is there, and swaps."""

    help = "Bring the facts about groups up to date with the database."

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(self.stderr) as progress:
            try:
                report = refresh(said=progress)
            except (NoWavesError, RefreshGoingOnError, TooManyLevelsError, LookupError) as error:
                raise CommandError(str(error), returncode=2) from error
        if options["verbosity"]:
            self.stdout.write(str(report))
