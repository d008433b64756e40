"""Materials of an offering: slides, worksheets and links, for everybody or for who has had a seat."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.offering import Offering


class Audience(models.TextChoices):
    """Whom a material is for."""

    EVERYBODY = "everybody", _("Everybody in the catalog")
    SEATS = "seats", _("Who has or had a seat")


def material_path(material: "OfferingMaterial", file_name: str) -> str:
    """Return where a file is kept: under a name of our own, whatever it was called."""
    return f"materials/{uuid4()}"


class OfferingMaterial(models.Model):
    """One thing to read or to take along: a link, or a file that is handed out as something to save."""

    privacy = Privacy(
        PrivacyClass.INTERNAL, "with its offering; a file is deleted with its row", {"file_name": PrivacyClass.INTERNAL}
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="materials")
    title = models.CharField(max_length=120)
    audience = models.CharField(max_length=9, choices=Audience, default=Audience.SEATS)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to=material_path, max_length=100, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=8, blank=True, help_text="its ending, checked by its content")
    file_size = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="material_audience_known"),
            models.CheckConstraint(condition=~Q(title=""), name="material_has_title"),
            models.CheckConstraint(
                condition=(Q(link="") & ~Q(file="") & ~Q(file_type="")) | (~Q(link="") & Q(file="")),
                name="material_link_or_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title
