"""Needs: how many members of a local have each cell as their next step, counted for all and shown where it may be."""

from django.db import models

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition
from trellis.people.models import Unit


class NeedCount(models.Model):
    """What the members of one part of the association need: counted anew only when 10 or more of them have changed.

    A part is a local, or those who belong to a state or the association directly (`above` is the unit itself then).
    Never shown: see NeedRelease.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, "until it is counted anew")

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="need_count")
    above = models.ForeignKey(
        Unit, models.PROTECT, related_name="need_counts_inside", help_text="the unit in whose table it stands"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="need_counts")
    people = models.PositiveIntegerField(help_text="who has answered")
    counts = models.JSONField(help_text="by theme code: people by the level of their next step")
    counted_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.unit_id}"


class NeedRelease(models.Model):
    """What may be shown of one unit's needs; all units are released together. Hidden is null, or has no row.

    A unit is a local, a state or the association, with everybody in it; or those who belong to it directly.
    """

    privacy = Privacy(PrivacyClass.INTERNAL, "until the next release")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="need_releases")
    is_direct = models.BooleanField(default=False, help_text="not the whole unit: those who belong to it directly")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="need_releases")
    people = models.PositiveIntegerField(help_text="who has answered")
    cells = models.JSONField(
        help_text="by theme code: people by the level of their next step, then who needs none; null for hidden"
    )
    released_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "edition", "is_direct"], name="need_release_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}"
