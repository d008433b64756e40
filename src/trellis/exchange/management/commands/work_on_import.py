"""Carry on with an import of members that its page has begun; the page starts this by itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trellis.exchange.models import PeopleImport
from trellis.exchange.people.work import carry_on


class Command(BaseCommand):
    """`trellis work_on_import UID`."""

    help = "Carry on with an import of members that its page has begun (the page starts this by itself)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uid")

    def handle(self, *args: Any, **options: Any) -> None:
        carry_on(PeopleImport.objects.select_related("unit", "made_by").get(uid=options["uid"]))
