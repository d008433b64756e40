"""Check that the database is whole: its own integrity, and the audit trail's chain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from trellis.core.audit import first_broken
from trellis.core.models import AuditEntry


class Command(BaseCommand):
    """`trellis verify`: ends with status 1 and names the place when something is wrong."""

    help = "Check the database and the audit trail."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                answer = cursor.fetchone()[0]
                cursor.execute("PRAGMA foreign_key_check")
                loose = cursor.fetchone()
            if answer != "ok" or loose:
                raise CommandError(f"the database file is damaged: {answer if answer != 'ok' else loose}")
            self.stdout.write("Database file: whole")
        broken = first_broken()
        if broken is not None:
            raise CommandError(
                f"the audit trail is broken at row {broken.pk} ({broken.at:%Y-%m-%d %H:%M} UTC, {broken.action})"
            )
        self.stdout.write(f"Audit trail: {AuditEntry.objects.count()} rows, none changed or missing")
