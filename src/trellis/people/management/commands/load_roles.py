"""Store the roles that come with Trellis."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.checked import DataFileError
from trellis.people.actions import load_roles


class Command(BaseCommand):
    """`trellis load_roles`: running it twice changes nothing."""

    help = "Store the roles that come with Trellis, or bring them up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = load_roles(by=None)
        except DataFileError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"roles: {changed} new or changed" if changed else "roles: they were there already")
