"""Work out the association's estimates and the trial of its instruments anew; meant for the night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.assessment.estimates import refresh_estimates
from trellis.assessment.models import Instrument
from trellis.framework.finding import NoSuchEditionError, editions_named, full_code, the_edition
from trellis.framework.models import Edition


class Command(BaseCommand):
    """`trellis refresh_estimates [CODE]`: every edition that has instruments, or the one that is named."""

    help = "Work out variance components and the instruments' figures from the answers of today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "code", metavar="CODE", nargs="?", default="", help="an edition, such as 2020 or nea-lcf/2020"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["code"]:
            try:
                editions = [the_edition(editions_named(options["code"]), options["code"])]
            except NoSuchEditionError as error:
                raise CommandError(str(error), returncode=2) from error
        else:
            in_use = Instrument.objects.values("edition_id")
            editions = list(Edition.objects.filter(pk__in=in_use).select_related("framework").order_by("pk"))
        for edition in editions:
            refresh_estimates(edition, by=None)
            self.stdout.write(f"{full_code(edition)}: worked out")
        if not editions:
            self.stdout.write("nothing to work out: no instrument has been set up yet")
