"""Serve this site with granian: the real server, with static files, for a laptop or behind a proxy."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from trellis.web.staticfiles import gather

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Command(BaseCommand):
    """`trellis serve [--host H] [--port N]`: refuses a database that is behind, and the demo beyond this machine."""

    help = "Serve this site (the real server, with static files)."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=settings.TRELLIS_WORKERS)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if settings.TRELLIS_DEMO and host not in LOOPBACK:
            raise CommandError(
                "the demo signs anyone in, so it is served on this machine only; set TRELLIS_MODE=production",
                returncode=2,
            )
        self.check_database()
        gather()
        connection.close()
        logging.getLogger("_granian").setLevel(logging.WARNING)
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Trellis is at http://{shown}:{port} (stop it with Ctrl+C)")
        self.stdout.flush()
        Granian(
            "trellis.project.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=options["workers"],
            # Pages are short and busy with computing: more threads would only take turns.
            blocking_threads=4,
            log_level=LogLevels.warning,
        ).serve()

    def check_database(self) -> None:
        """Raise CommandError when migrations are waiting: half a schema answers with errors later."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("the database is not up to date; run: trellis migrate", returncode=2)
