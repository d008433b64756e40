"""Needs: how many members of a local have each cell as their next step, counted for all and shown where it may be."""

from django.db import models

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition
from trellis.people.models import Unit


class NeedCount(models.Model):
    """What the members of one part of the association need: counted anew only when 10 or more of them have changed.

    A part is a local, or those who belong to a state or the association directly. Never shown: see NeedRelease.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, "until it is counted anew")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="need_counts")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="need_counts")
    people = models.PositiveIntegerField(help_text="who has answered")
    counts = models.JSONField(help_text="by theme code: people by the level of their next step")
    counted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "edition"], name="need_count_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}"


class NeedRelease(models.Model):
    """What may be shown of one unit's needs; all units are released together, and null is hidden, whatever the reason.

    A unit is a local, a state or the association, with everybody in it.
    """

    privacy = Privacy(PrivacyClass.INTERNAL, "until the next release")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="need_releases")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="need_releases")
    people = models.PositiveIntegerField(null=True, blank=True, help_text="who has answered; empty for hidden")
    cells = models.JSONField(help_text="by theme code: people by the level of their next step, null for hidden")
    released_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "edition"], name="need_release_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}"
