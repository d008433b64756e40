"""Everything for a first look: migrate, load the fictional association, serve it, and say what to click."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

WELCOME = """
  Trellis, with a fictional association. Open http://127.0.0.1:{port} and

    1. take the part of Linh Tran, a new member, and press "Start": ten minutes, one theme at a time;
    2. take the part of Rosa Delgado and open "Where I stand": her ladder, and one thing to do this month;
    3. take the part of Samuel Okonjo, a local president, and open "My team": what twelve people can do together;
    4. open "Framework": 7 domains, 33 themes, 99 cells in plain words.
"""


class Command(BaseCommand):
    """`trellis demo [--port N]`: running it again starts where you left it."""

    help = "Migrate, load the fictional association and serve it."
    # The checks need a database that is up to date; `serve` runs them after the migration.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="only make the data")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRELLIS_DEMO:
            raise CommandError("TRELLIS_MODE is production; the fictional association stays out of it", returncode=2)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the database ...")
            call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=self.stdout)
        if not options["no_serve"]:
            self.stdout.write(WELCOME.format(port=options["port"]))
            call_command("serve", port=options["port"])
