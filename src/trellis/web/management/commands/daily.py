"""Do what is to be done once a day: every app's jobs, each on its own, so that one that fails stops no other."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core import clock
from trellis.core.registry import daily_jobs

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """`trellis daily`: prints a line for each job; ends with status 1 when one of them failed."""

    help = "Do what is to be done once a day: reminders, closing what is past its date."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for job in daily_jobs:
            try:
                self.stdout.write(f"{job.key}: {job.run(clock.today())}")
            except Exception:
                _log.exception("the daily job %s failed", job.key)
                failed.append(job.key)
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
