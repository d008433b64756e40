"""Looks: who opened what of a person's, and when; the person sees the list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models.person import Person


class Looked(models.TextChoices):
    """What was looked at."""

    STANDING = "standing", _("Where you stand")
    EVIDENCE = "evidence", _("Your evidence")
    PLAN = "plan", _("Your plan")
    RATERS = "raters", _("Whom you want to ask in a 360")
    REPORT = "report", _("Your 360 report")
    APPLICATION = "application", _("Your application for a program")
    SIGN_UPS = "sign-ups", _("Your needs for a session")


class Look(models.Model):
    """One look at something of a person's by somebody with a role; written beside the audit row, for its owner."""

    privacy = Privacy(PrivacyClass.PERSONAL, "2 years")

    person = models.ForeignKey(Person, models.CASCADE, related_name="looks")
    by = models.ForeignKey(Person, models.CASCADE, related_name="looks_at_others", db_index=False)
    what = models.CharField(max_length=12, choices=Looked)
    at = models.DateTimeField(default=clock.now)
    as_mentor = models.BooleanField(default=False, help_text="as their mentor, and not through a role")

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="look_newest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(what__in=Looked.values), name="look_what_known"),
            models.CheckConstraint(condition=~models.Q(by=models.F("person")), name="look_at_another"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
