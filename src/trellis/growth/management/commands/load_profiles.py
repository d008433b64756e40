"""Load the suggested role profiles and ready plans for the main framework; those that are there stay as they are."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.framework.queries import main_edition
from trellis.growth.actions import load_profiles
from trellis.growth.template_actions import load_templates


class Command(BaseCommand):
    """`trellis load_profiles`: running it twice changes nothing."""

    help = "Load the suggested role profiles (targets by theme) and ready plans for the main framework."

    def handle(self, *args: Any, **options: Any) -> None:
        edition = main_edition()
        if edition is None:
            raise CommandError("there is no framework yet; run: trellis load_framework", returncode=2)
        new = load_profiles(edition, by=None)
        self.stdout.write(f"Role profiles: {new} new" if new else "Role profiles: nothing new")
        plans = load_templates(edition, by=None)
        self.stdout.write(f"Ready plans: {plans} new" if plans else "Ready plans: nothing new")
