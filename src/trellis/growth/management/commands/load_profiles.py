"""Store the role profiles that come with Trellis."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.framework.queries import main_edition
from trellis.growth.actions import load_profiles
from trellis.growth.profiles import ProfileFileError


class Command(BaseCommand):
    """`trellis load_profiles`: after the framework and the roles; running it twice changes nothing."""

    help = "Store the role profiles that come with Trellis; those that are there already stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        edition = main_edition()
        if edition is None:
            raise CommandError("there is no framework yet; run: trellis load_framework", returncode=2)
        try:
            new = load_profiles(edition, by=None)
        except ProfileFileError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"role profiles: {new} new" if new else "role profiles: nothing to add")
