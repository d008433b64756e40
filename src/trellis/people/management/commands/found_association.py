"""Make the first unit and its first steward, so that a new site has somebody who may load what belongs to it."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from trellis.people.actions import found_association
from trellis.people.models import Person


class Command(BaseCommand):
    """`trellis found_association NAME --steward EMAIL`: once for a site; the steward opens their account first."""

    help = "Make the association's first unit, and give its first steward the role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the association's name and the steward's address."""
        parser.add_argument("name", help="what the association is called")
        parser.add_argument("--steward", required=True, metavar="EMAIL", help="who keeps the framework and its data")

    def handle(self, *args: Any, name: str, steward: str, **options: Any) -> None:
        """Make both, or neither."""
        person = Person.objects.filter(email__iexact=steward, is_active=True).first()
        if person is None:
            raise CommandError(f"nobody with the address {steward} has an account yet; let them open it first")
        try:
            unit = found_association(name, steward=person)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{unit.name} is there, and {person.name} is its data steward from today.")
