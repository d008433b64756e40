"""Load the fictional association: every app's share of it, in order, the same every time."""

import random
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from trellis.core import audit
from trellis.core.models import AuditEntry
from trellis.core.registry import demo_parts

_DONE = "demo.load"


class Command(BaseCommand):
    """`trellis load_demo`: all parts stand or fall together; running it twice changes nothing."""

    help = "Load the fictional association (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRELLIS_DEMO:
            raise CommandError(
                "the fictional association belongs to the demo; this site is in production", returncode=2
            )
        if AuditEntry.objects.filter(action=_DONE).exists():
            self.stdout.write("The fictional association is there already.")
            return
        if not AuditEntry.objects.filter(action="framework.publish").exists():
            call_command("load_framework", stdout=self.stdout)
        with transaction.atomic():
            for part in demo_parts:
                before = _counts(part.key)
                # Not for secrets: the seed is what makes the association the same every time.
                part.load(random.Random(part.key))  # noqa: S311
                self.stdout.write(f"{part.key}: {_added(before, _counts(part.key))}")
                _take_stock()
            audit.record(by=None, action=_DONE, target="demo:all", detail={"parts": [part.key for part in demo_parts]})


def _take_stock() -> None:
    """Let PostgreSQL count what it has just got; until then it plans as if the tables were empty."""
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(name) for name in connection.introspection.django_table_names())
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _counts(label: str) -> dict[str, int]:
    """Return how many rows stand in each table of the app that the part is named after."""
    models = apps.get_app_config(label).get_models() if label in apps.app_configs else ()
    return {str(model._meta.verbose_name_plural): model._default_manager.count() for model in models}


def _added(before: dict[str, int], after: dict[str, int]) -> str:
    added = {name: count - before[name] for name, count in after.items() if count > before[name]}
    return ", ".join(f"{count} {name}" for name, count in added.items()) or "loaded"
