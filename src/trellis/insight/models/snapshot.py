"""What the database knows of the snapshot on disk: when it was made, and the key that ties its rows to persons."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from trellis.core.privacy import Privacy, PrivacyClass


class SnapshotState(models.Model):
    """The one snapshot. Its key is sealed and never lies beside the facts; without it no row leads to a person."""

    privacy = Privacy(
        PrivacyClass.INTERNAL,
        "the newest only; a new key makes the earlier facts nobody's",
        {"key": PrivacyClass.SECRET},
    )
    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    key = models.BinaryField(help_text="sealed by the site's own")
    generation = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    responses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="snapshot_state_is_one")]

    def __str__(self) -> str:
        return f"{self.generation}"
