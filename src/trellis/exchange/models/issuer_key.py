"""Keys that credentials are signed with: one is in use, and the retired ones stay known, so that old proofs hold."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass


class IssuerKey(models.Model):
    """An Ed25519 key; the private half is sealed with the site's secret, and forgotten when the key is retired."""

    privacy = Privacy(
        PrivacyClass.PUBLIC,
        "kept: what was signed with it can be checked for ever; the private half only while it is in use",
        {"sealed": PrivacyClass.SECRET},
    )

    number = models.PositiveIntegerField(unique=True, help_text="its name is key-1, key-2 ...")
    public = models.CharField(max_length=80, help_text="the public half as a Multikey")
    sealed = models.BinaryField(blank=True, default=b"", help_text="the private half")
    in_use = models.BooleanField(default=True)
    is_leaked = models.BooleanField(default=False, help_text="somebody else may have it: nothing signed with it holds")
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="issuer_key_one_in_use"),
            models.CheckConstraint(
                condition=(Q(in_use=True, retired_at=None, is_leaked=False) & ~Q(sealed=b""))
                | Q(in_use=False, retired_at__isnull=False, sealed=b""),
                name="issuer_key_retired_is_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its fragment in the issuer's identifier."""
        return f"key-{self.number}"
