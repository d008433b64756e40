"""Status lists: where a verifier sees whether a credential was revoked; its place in a list is drawn by chance."""

from django.db import models
from django.db.models import Q

from trellis.core.privacy import Privacy, PrivacyClass
from trellis.growth.models import Credential

# The least that the Bitstring Status List standard allows: among so many nobody stands out.
PLACES = 131_072


class StatusList(models.Model):
    """One list as it was signed last; it is signed anew when what it says has changed, or has grown old."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: credentials name it for ever")

    number = models.PositiveIntegerField(unique=True)
    document = models.TextField(blank=True, help_text="the signed list")
    says = models.CharField(max_length=64, blank=True, help_text="fingerprint of the key and of the places it revokes")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"


class StatusPlace(models.Model):
    """A place in a list. When its credential is erased it stays, as revoked: nobody vouches for it any more."""

    privacy = Privacy(PrivacyClass.INTERNAL, "kept: a place is never given twice")

    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="places")
    place = models.PositiveIntegerField()
    credential = models.OneToOneField(Credential, models.SET_NULL, null=True, blank=True, related_name="status_place")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["status_list", "place"], name="status_place_once"),
            models.CheckConstraint(condition=Q(place__lt=PLACES), name="status_place_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.status_list_id}: {self.place}"
