"""Publish a draft edition: it becomes the current one of its framework, and its words never change again."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from trellis.framework.actions import publish_edition, retire_predecessors
from trellis.framework.finding import NoSuchEditionError, editions_named, full_code, the_edition


class Command(BaseCommand):
    """`trellis publish_framework CODE`: the second, explicit step after an import."""

    help = "Publish a draft edition, named by its code (2024) or with its framework (nea-lcf/2024)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--framework", default="", help="code of the framework, where editions share a code")
        parser.add_argument("--retire-previous", action="store_true", help="retire the editions published before")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"{options['framework']}/{options['code']}" if options["framework"] else options["code"]
        found = editions_named(name)
        try:
            edition = the_edition([one for one in found if one.is_draft] or found, name)
            with transaction.atomic():
                edition = publish_edition(edition, by=None)
                retired = retire_predecessors(edition, by=None) if options["retire_previous"] else []
        except NoSuchEditionError as error:
            raise CommandError(str(error), returncode=2) from error
        except ValidationError as error:
            message = f"{full_code(edition)}: {' '.join(error.messages)}"
            raise CommandError(message, returncode=2) from error
        self.stdout.write(f"{full_code(edition)} is published and current.")
        for other in retired:
            self.stdout.write(f"{full_code(other)} is retired.")
