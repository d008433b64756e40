"""Moments as signed documents write them: UTC, whole seconds."""

import datetime as dt

from django.utils import timezone


def written(moment: dt.datetime) -> str:
    """Return a moment such as 2026-11-22T09:30:00Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def end_of(day: dt.date) -> dt.datetime:
    """Return the last second of a day where the association is."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))
