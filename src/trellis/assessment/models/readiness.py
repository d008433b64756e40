"""Team readiness: a meeting in which a unit answers on the attributes, and the statuses that it agrees on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.assessment.models.instrument import Round
from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Attribute
from trellis.people.models import Person, Unit


class ReadinessMeeting(models.Model):
    """A round of the readiness instrument that phones can join with a code while it is open."""

    privacy = Privacy(
        PrivacyClass.INTERNAL,
        "kept: readiness is compared over years",
        {"code": PrivacyClass.SECRET, "opened_by": PrivacyClass.PERSONAL},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    round = models.OneToOneField(Round, models.CASCADE, related_name="readiness_meeting")
    code = models.CharField(max_length=12, unique=True, help_text="typed on a phone to join")
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.round_id}"


class AgreedStatus(models.TextChoices):
    """Where a unit stands on an attribute, as the team agreed."""

    NOT_STARTED = "not-started", _("Not started")
    UNDER_WAY = "under-way", _("Under way")
    IN_PLACE = "in-place", _("In place")


class Readiness(models.Model):
    """One agreed status of a unit on one attribute; a later row takes its place, the earlier stays as history."""

    privacy = Privacy(
        PrivacyClass.INTERNAL,
        "kept: readiness is compared over years",
        {"owner": PrivacyClass.PERSONAL, "agreed_by": PrivacyClass.PERSONAL},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="readiness")
    attribute = models.ForeignKey(Attribute, models.PROTECT, related_name="readiness")
    meeting = models.ForeignKey(
        ReadinessMeeting, models.SET_NULL, null=True, blank=True, related_name="agreed", help_text="where it was agreed"
    )
    status = models.CharField(max_length=12, choices=AgreedStatus)
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="readiness_owned",
        help_text="who takes the next step",
    )
    due_on = models.DateField(null=True, blank=True)
    proof = models.CharField(max_length=300, blank=True, help_text="what shows it, in one sentence")
    agreed_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="who wrote it down")

    class Meta:
        verbose_name_plural = "readiness"
        ordering = ["-agreed_at", "-pk"]
        indexes = [models.Index(fields=["unit", "attribute", "-agreed_at"], name="readiness_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=AgreedStatus.values), name="readiness_status_known"),
        ]

    def __str__(self) -> str:
        return self.get_status_display()
