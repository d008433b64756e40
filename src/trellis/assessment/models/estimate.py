"""Estimates that the association's own answers give: variance components, kept with the day and the n they stand on."""

from django.db import models

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition


class Estimate(models.Model):
    """One run over the answers to an edition; the newest of its kind is used, the earlier ones stay."""

    privacy = Privacy(PrivacyClass.INTERNAL, "kept: bars of past years stand on them")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="estimates")
    kind = models.SlugField(max_length=20)
    people = models.PositiveIntegerField()
    ratings = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.kind
