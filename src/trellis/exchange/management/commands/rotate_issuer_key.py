"""Give the issuer of badges a new key; the old ones stay published, so that what they signed still holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from trellis.exchange.badges.keys import rotate_key
from trellis.exchange.badges.renewing import sign_again


class Command(BaseCommand):
    """`trellis rotate_issuer_key`, and with `--leaked` when somebody else may have the old key."""

    help = "Retire the key that badges are signed with, and make a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--leaked",
            action="store_true",
            help="the old key is in wrong hands: it no longer counts, and what it signed is signed again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        key = rotate_key(leaked=options["leaked"])
        self.stdout.write(f"Badges are signed with {key.name} from now on.")
        if options["leaked"]:
            again = sign_again()
            self.stdout.write(f"The old key no longer counts. Signed again: {again}. Copies that people hold are void.")
