"""Letters: mails about a session that are still to be sent; the row goes once the mail is out."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.sign_up import SignUp


class LetterKind(models.TextChoices):
    """What a mail about a session says; never where, when or with whom."""

    SEAT = "seat"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


class Letter(models.Model):
    """One mail that waits: sent right after the change is stored, and again by the daily jobs when that fails."""

    privacy = Privacy(PrivacyClass.PERSONAL, "until it is sent, or the session is over")

    sign_up = models.ForeignKey(SignUp, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=9, choices=LetterKind)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_up", "kind"], name="letter_once"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sign_up_id}"
