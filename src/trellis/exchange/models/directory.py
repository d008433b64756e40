"""Directories: the list of its people that an affiliate keeps elsewhere, and what it may do here with it."""

import secrets

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person, Unit

# Says in any log or mail that it is a token of ours; scanners for lost secrets look for such a mark.
MARK = "trellis_dir_"
SHOWN = len(MARK) + 6


def new_secret() -> str:
    """Mint a token: a mark and 256 bits."""
    return f"{MARK}{secrets.token_urlsafe(32)}"


class Directory(models.Model):
    """An affiliate's own directory: it adds and removes the affiliate's people, and may be how they sign in."""

    privacy = Privacy(
        PrivacyClass.INTERNAL,
        "until the affiliate takes it away",
        {"made_by": PrivacyClass.PERSONAL, "sealed": PrivacyClass.SECRET},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    unit = models.OneToOneField(Unit, models.CASCADE, related_name="directory")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    is_on = models.BooleanField(default=False, help_text="people sign in through it")
    lets_in = models.BooleanField(default=False, help_text="who signs in through it and is not known yet is let in")
    issuer = models.URLField(max_length=500, blank=True, help_text="where it signs people in")
    client = models.CharField(max_length=255, blank=True, help_text="what it calls this site")
    sealed = models.BinaryField(blank=True, default=b"", help_text="the secret that both know, sealed")

    class Meta:
        verbose_name_plural = "directories"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False) | (~Q(issuer="") & ~Q(client="")), name="directory_on_is_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"


class DirectoryToken(models.Model):
    """What a directory shows to add and remove people; the secret itself is kept nowhere."""

    privacy = Privacy(
        PrivacyClass.INTERNAL,
        "until the affiliate removes it, or 90 days after its last day",
        {"digest": PrivacyClass.SECRET, "digest_before": PrivacyClass.SECRET, "made_by": PrivacyClass.PERSONAL},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    directory = models.ForeignKey(Directory, models.CASCADE, related_name="tokens")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=60, help_text="what the affiliate calls it")
    begins = models.CharField(max_length=SHOWN, help_text="its first letters, to tell it from others")
    digest = models.CharField(max_length=64, unique=True)
    digest_before = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="that of the one before, which holds for a day more"
    )
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now, help_text="when the secret was made")
    expires_on = models.DateField(help_text="its last day")
    used_on = models.DateField(null=True, blank=True, help_text="the last day on which it was used")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(digest=""), name="directory_token_has_digest"),
            models.CheckConstraint(condition=~Q(label=""), name="directory_token_has_label"),
        ]

    def __str__(self) -> str:
        return self.begins

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on < clock.today()
