"""Release a closed wave: all its figures pass the gate together, and are shown from then on."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trellis.core.progress import Progress
from trellis.insight.gate.releasing import TellsTooMuchError
from trellis.insight.models import Wave
from trellis.insight.release_actions import release_wave
from trellis.measure.disclosure import THRESHOLD


class Command(BaseCommand):
    """`trellis release_insight WAVE`: once a wave; what it shows never changes again."""

    help = "Release a closed wave through the gate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the wave, and the fewest people that a figure may stand on."""
        parser.add_argument("wave", help="the code of the wave, as `trellis wave list` shows it")
        parser.add_argument(
            "--threshold", type=int, default=THRESHOLD, help=f"the fewest people of a figure; {THRESHOLD} or more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.filter(code=options["wave"]).first()
        if wave is None:
            raise CommandError(f"there is no wave {options['wave']!r}: see `trellis wave list`", returncode=2)
        with Progress(self.stderr) as progress:
            try:
                release = release_wave(wave, by=None, threshold=options["threshold"], said=progress)
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages), returncode=2) from refusal
            except TellsTooMuchError as refusal:
                raise CommandError(str(refusal), returncode=1) from refusal
        if options["verbosity"]:
            tables, withheld = release.tables.count(), release.content["withheld"]
            self.stdout.write(f"{wave.name} is released: {tables:,} tables, {withheld:,} counts hidden")
