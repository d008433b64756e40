"""Tell units' own systems what has been completed; meant for every minute, and safe to run twice at once."""

from typing import Any

from django.core.management.base import BaseCommand

from trellis.exchange.webhooks.sending import send_due


class Command(BaseCommand):
    """`trellis send_webhooks`: sends what is due; `trellis daily` does the same once a day."""

    help = "Send what is due to the addresses that units have set up."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(send_due()))
