"""Offerings: something to learn from, and the cells of the grid that it teaches."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.folded import FoldedField
from trellis.people.models import Unit


class Format(models.TextChoices):
    """How an offering is given."""

    IN_PERSON = "in person", _("In person")
    ONLINE = "online", _("Online, live")
    HYBRID = "hybrid", _("In person and online")
    SELF_PACED = "self-paced", _("At your own pace")


class OfferingStatus(models.TextChoices):
    """Where an offering stands: only a listed one is in the catalogue."""

    DRAFT = "draft", _("Draft")
    LISTED = "listed", _("In the catalog")
    RETIRED = "retired", _("No longer offered")


class Offering(models.Model):
    """Something to learn from; the unit that arranges it decides who may change it, and everybody may find it."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: who took it can still say what it was")

    uid = models.UUIDField(default=new_uid, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offerings", help_text="who arranges it")
    key = models.CharField(max_length=60, blank=True, help_text="the unit's own number for it; imports know it by this")
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=4000, blank=True)
    provider = models.CharField(max_length=120, blank=True, help_text="who teaches it, where that is not the unit")
    format = models.CharField(max_length=10, choices=Format, default=Format.IN_PERSON)
    minutes = models.PositiveIntegerField(help_text="how long it takes in all")
    language = models.CharField(max_length=8, default="en")
    access_notes = models.CharField(max_length=500, blank=True, help_text="step-free, captions, interpreters ...")
    cost = models.DecimalField(max_digits=8, decimal_places=2, default=0, help_text="for a member; 0 is free")
    status = models.CharField(max_length=8, choices=OfferingStatus, default=OfferingStatus.DRAFT)
    is_public = models.BooleanField(default=False, help_text="whether everybody may see its sessions, signed in or not")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    words = FoldedField(of=("title", "description", "provider"))

    class Meta:
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["status", "title"], name="offering_catalogue"),
            models.Index(fields=["status", "language"], name="offering_languages"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], condition=~Q(key=""), name="offering_key_once"),
            models.CheckConstraint(condition=Q(format__in=Format.values), name="offering_format_known"),
            models.CheckConstraint(condition=Q(status__in=OfferingStatus.values), name="offering_status_known"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="offering_takes_time"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="offering_cost_not_negative"),
            models.CheckConstraint(condition=~Q(title=""), name="offering_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_listed(self) -> bool:
        """Whether the catalogue shows it."""
        return self.status == OfferingStatus.LISTED


class Place(models.TextChoices):
    """How a cell stands to an offering."""

    TEACHES = "teaches", _("Teaches")
    NEEDS = "needs", _("Needs first")


class OfferingCell(models.Model):
    """A cell that an offering teaches, or that one should stand at before; uid and codes are those of its edition."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its offering")

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="cells")
    place = models.CharField(max_length=8, choices=Place, default=Place.TEACHES)
    theme_uid = models.UUIDField(help_text="the theme, in any edition")
    theme_code = models.CharField(max_length=16)
    cell_uid = models.UUIDField(db_index=True, help_text="the cell, in any edition")
    cell_code = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place", "theme_code", "level"]
        indexes = [models.Index(fields=["theme_uid", "level", "place"], name="offering_cell_by_theme")]
        constraints = [
            models.UniqueConstraint(fields=["offering", "place", "cell_uid"], name="offering_cell_once"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="offering_cell_place_known"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="offering_cell_level_in_range"),
        ]

    def __str__(self) -> str:
        return self.cell_code
