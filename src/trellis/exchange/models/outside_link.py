"""Links of an edition to what stands elsewhere, kept as they came in, so that nothing is lost on the way out."""

from django.db import models
from django.db.models import Q

from trellis.core.privacy import PUBLIC_RECORD, Privacy
from trellis.framework.models import Edition


class OutsideLink(models.Model):
    """An association of an imported edition that its structure does not say, such as one to another framework."""

    privacy: Privacy = PUBLIC_RECORD

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="outside_links")
    type = models.CharField(max_length=60)
    origin = models.CharField(max_length=64)
    origin_title = models.CharField(max_length=300)
    origin_uri = models.CharField(max_length=500)
    destination = models.CharField(max_length=64)
    destination_title = models.CharField(max_length=300)
    destination_uri = models.CharField(max_length=500)
    number = models.IntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "type", "origin", "destination"], name="outside_link_once"),
            models.CheckConstraint(condition=~Q(type=""), name="outside_link_has_type"),
        ]

    def __str__(self) -> str:
        return f"{self.origin_title} {self.type} {self.destination_title}"
