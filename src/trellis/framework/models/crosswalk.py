"""The crosswalk: which item of an edition is the same as one that has another uid in another edition."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trellis.core.privacy import PUBLIC_RECORD, Privacy
from trellis.framework.models.edition import Edition


class Crosswalk(models.Model):
    """Says that an item means the same as another one, so that answers to that one count for it.

    An item that keeps its uid from edition to edition needs no row. For a statement both versions are named, because
    another version asks something else; for a theme they are 0.
    """

    privacy: ClassVar[Privacy] = PUBLIC_RECORD

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="crosswalk", help_text="in which the item stands")
    uid = models.UUIDField(help_text="of the item")
    version = models.PositiveSmallIntegerField(default=0)
    other_uid = models.UUIDField(help_text="of the same item elsewhere")
    other_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            # One of the others is one of ours; several of ours for one of the others would count an answer twice.
            models.UniqueConstraint(fields=["edition", "other_uid", "other_version"], name="crosswalk_once"),
            models.CheckConstraint(
                condition=~Q(uid=F("other_uid"), version=F("other_version")), name="crosswalk_leads"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other_uid} is {self.uid}"
