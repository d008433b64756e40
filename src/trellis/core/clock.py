"""The one place that reads the time, so that a test can hold it still."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return this moment as an aware datetime in UTC."""
    return timezone.now()  # noqa: TID251  (this module is the one allowed caller)


def today() -> dt.date:
    """Return today's date in the active time zone."""
    return timezone.localdate(now())
