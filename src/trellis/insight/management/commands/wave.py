"""Open, close and list the waves that figures about groups belong to."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trellis.insight.actions import close_wave, open_wave
from trellis.insight.models import Wave


class Command(BaseCommand):
    """`trellis wave open CODE --name NAME --from DAY --to DAY`, `trellis wave close CODE`, `trellis wave list`."""

    help = "Open, close and list waves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the three things that can be done."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        opening = deeds.add_parser("open", help="open a wave")
        opening.add_argument("code", help="a short name for commands, such as fall-2026")
        opening.add_argument("--name", required=True, help='what people read, such as "Fall 2026"')
        opening.add_argument("--from", dest="opens_on", type=dt.date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        opening.add_argument("--to", dest="closes_on", type=dt.date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        closing = deeds.add_parser("close", help="close a wave, after its last day")
        closing.add_argument("code")
        deeds.add_parser("list", help="list all waves")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['deed']}")(options)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages), returncode=2) from refusal

    def _open(self, options: dict[str, Any]) -> None:
        wave = open_wave(by=None, **{name: options[name] for name in ("code", "name", "opens_on", "closes_on")})
        self.stdout.write(f"{wave.name} is open from {wave.opens_on} to {wave.closes_on}")

    def _close(self, options: dict[str, Any]) -> None:
        wave = Wave.objects.filter(code=options["code"]).first()
        if wave is None:
            raise CommandError(f"there is no wave {options['code']!r}", returncode=2)
        self.stdout.write(f"{close_wave(wave, by=None).name} is closed")

    def _list(self, options: dict[str, Any]) -> None:
        for wave in Wave.objects.all():
            self.stdout.write(f"{wave.code:20} {wave.opens_on} to {wave.closes_on}  {wave.status:6}  {wave.name}")
