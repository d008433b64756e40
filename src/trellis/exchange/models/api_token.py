"""Tokens: what a program shows to read for a person, and how much of it that is; the secret itself is kept nowhere."""

import datetime as dt

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.exchange.tokens import secret_with
from trellis.people.models import Person

# Says in any log or mail that it is a token of ours; scanners for lost secrets look for such a mark.
MARK = "trellis_"
SHOWN = len(MARK) + 6


def new_secret() -> str:
    """Mint a token: a mark and 256 bits."""
    return secret_with(MARK)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens, narrowed by date."""

    def good(self, on: dt.date) -> "ApiTokenQuerySet":
        """Keep those that may be used on a day."""
        return self.filter(expires_on__gte=on, person__is_active=True)


class ApiToken(models.Model):
    """One token: a program that has it may do what its scopes say, as this person, until the last day."""

    privacy = Privacy(PrivacyClass.PERSONAL, "until its owner removes it, or 90 days after its last day", {
        "digest": PrivacyClass.SECRET,
    })  # fmt: skip

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="api_tokens")
    label = models.CharField(max_length=60, help_text="what its owner calls it")
    begins = models.CharField(max_length=SHOWN, help_text="its first letters, to tell it from others")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list, help_text="codes of what it may read")
    created_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField(help_text="its last day")
    used_on = models.DateField(null=True, blank=True, help_text="the last day on which it was used")

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(digest=""), name="api_token_has_digest"),
            models.CheckConstraint(condition=~Q(label=""), name="api_token_has_label"),
        ]

    def __str__(self) -> str:
        return self.begins

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on < clock.today()
