"""Calendar feeds: an address, known to its owner alone, from which a calendar program fetches their dates."""

import secrets

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person, Unit


def new_token() -> str:
    """Mint the secret part of an address; 43 characters, 256 bits."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """One person's subscription: to their own dates, or to the sessions of a unit that they may see.

    Who holds the address reads it without signing in, so only a digest of its secret is kept here.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL,
        "until its owner removes it; erased with the person's file",
        {"digest": PrivacyClass.SECRET},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_feeds")
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", help_text="empty for own dates"
    )
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the address")
    is_plain = models.BooleanField(default=False, help_text="no titles: calendars are often seen by others")
    created_at = models.DateTimeField(default=clock.now)
    fetched_on = models.DateField(null=True, blank=True, help_text="the last day; no times, no addresses, no programs")
    content = models.CharField(max_length=64, blank=True, help_text="fingerprint of what was last sent")
    changed_at = models.DateTimeField(default=clock.now, help_text="when what is sent has last changed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(unit__isnull=False), name="feed_of_unit_once"
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(unit=None), name="feed_of_own_once"),
            models.CheckConstraint(condition=~Q(digest=""), name="feed_has_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"
