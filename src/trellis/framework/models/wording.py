"""The words of an edition's items in another language: our own rendering, beside the edition and not part of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from trellis.core.privacy import PUBLIC_RECORD, Privacy
from trellis.framework.models.edition import Edition


class Wording(models.Model):
    """One text of one item in another language.

    A published edition is frozen; its rendering is not, because a translation may be mended without changing what was
    asked. So no item points here: a wording is found by the item's uid and by what it renders, in any edition of the
    framework that says the same.
    """

    privacy: ClassVar[Privacy] = PUBLIC_RECORD

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="wordings", help_text="which it came with")
    language = models.CharField(max_length=8)
    uid = models.UUIDField(help_text="of the item")
    version = models.PositiveSmallIntegerField(default=1, help_text="of the item; 1 where items have none")
    field = models.CharField(max_length=20)
    source = models.CharField(max_length=32, help_text="fingerprint of the exact text that it renders")
    text = models.TextField()

    class Meta:
        ordering = ["edition", "language", "uid", "field"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "uid", "field"], name="wording_once"),
            models.CheckConstraint(condition=~Q(text=""), name="wording_has_text"),
        ]

    def __str__(self) -> str:
        return self.text
