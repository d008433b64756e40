"""Waves: the spans of time between which the whole association is compared."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass


class WaveStatus(models.TextChoices):
    """Whether answers still come in; a closed wave never opens again."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Wave(models.Model):
    """A span of days: an answer belongs to the wave in which it was finished, and to none between them.

    While a wave is open, people's places and groups are those of the day of the snapshot; once it is closed they stay
    as they were on its last day.
    """

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: figures are compared over years")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="the last day")
    status = models.CharField(max_length=6, choices=WaveStatus, default=WaveStatus.OPEN)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opens_on"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="wave_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None) | Q(status="closed", closed_at__isnull=False),
                name="wave_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether it is closed."""
        return self.status == WaveStatus.CLOSED
