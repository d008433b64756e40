"""A framework and its editions: draft, published, retired; what is published never changes."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import PUBLIC_RECORD, Privacy


class FrameworkKind(models.TextChoices):
    """The shape of a framework."""

    GRID = "framework", _("Themes and levels")
    ATTRIBUTES = "attributes", _("List of attributes")


class Framework(models.Model):
    """A named grid (or attribute list), of which there are editions."""

    privacy: ClassVar[Privacy] = PUBLIC_RECORD

    uid = models.UUIDField(default=new_uid, unique=True)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=FrameworkKind, default=FrameworkKind.GRID)
    purpose = models.TextField(blank=True)
    owner = models.CharField(max_length=120, blank=True, help_text="whose wording the official texts are")

    is_main = models.BooleanField(default=False, help_text="the grid that people are assessed on")
    wording_print = models.CharField(
        max_length=32, blank=True, editable=False, help_text="fingerprint of its words in other languages"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FrameworkKind.values), name="framework_kind_known"),
            models.UniqueConstraint(fields=["is_main"], condition=Q(is_main=True), name="framework_one_main"),
            models.CheckConstraint(condition=Q(is_main=False) | Q(kind="framework"), name="framework_main_is_grid"),
        ]

    def __str__(self) -> str:
        return self.name


class EditionStatus(models.TextChoices):
    """Where an edition is in its life; it only ever moves forward."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class Edition(models.Model):
    """One version of a framework's words; the database refuses changes once it is published."""

    privacy: ClassVar[Privacy] = PUBLIC_RECORD

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="editions")
    uid = models.UUIDField(default=new_uid, unique=True)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="successors")
    has_official_texts = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["framework", "-published_at", "code"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="edition_code_once"),
            models.CheckConstraint(condition=Q(status__in=EditionStatus.values), name="edition_status_known"),
            models.CheckConstraint(
                condition=Q(status="draft", published_at=None) | (~Q(status="draft") & Q(published_at__isnull=False)),
                name="edition_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        """Whether its words may still change."""
        return self.status == EditionStatus.DRAFT


class EditionItem(models.Model):
    """Anything that stands in an edition: a uid that lasts across editions, and a code unique within one."""

    privacy: ClassVar[Privacy] = PUBLIC_RECORD

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="%(class)ss")
    uid = models.UUIDField(default=new_uid)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the item; raises ValidationError when its edition is published (the database would refuse too)."""
        if not self.edition.is_draft:
            raise ValidationError(_("This edition is published; its words cannot change. Make a new edition."))
        super().save(*args, **kwargs)
