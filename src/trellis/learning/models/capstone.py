"""Capstones: a pointer to what a member did at the end of a programme, and readings of it against the rubric."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.cohort import CohortMember
from trellis.learning.models.programme import RubricLine
from trellis.people.models import Person

_KEPT = "3 years after the cohort ends"


class CapstoneStatus(models.TextChoices):
    """Where a capstone stands."""

    SENT = "sent", _("Being read")
    RETURNED = "returned", _("Came back to you")
    PASSED = "passed", _("Passed")


class Capstone(models.Model):
    """What a member points at: an address and a sentence, never the content."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _KEPT)

    uid = models.UUIDField(default=new_uid, unique=True)
    member = models.OneToOneField(CohortMember, models.CASCADE, related_name="capstone")
    title = models.CharField(max_length=120)
    link = models.URLField(max_length=500, blank=True)
    result = models.CharField(max_length=600, help_text="what came of it, in their own words")
    status = models.CharField(max_length=8, choices=CapstoneStatus, default=CapstoneStatus.SENT)
    submission = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField(default=clock.now)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CapstoneStatus.values), name="capstone_status_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(result=""), name="capstone_has_words"),
            models.CheckConstraint(
                condition=Q(status=CapstoneStatus.PASSED, passed_at__isnull=False)
                | (~Q(status=CapstoneStatus.PASSED) & Q(passed_at=None)),
                name="capstone_passed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CapstoneReading(models.Model):
    """One reader's reading of one submission; not answered yet while `sent_at` is empty."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its capstone")

    uid = models.UUIDField(default=new_uid, unique=True)
    capstone = models.ForeignKey(Capstone, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(Person, models.CASCADE, related_name="capstone_readings")
    submission = models.PositiveSmallIntegerField()
    assigned_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    passes = models.BooleanField(null=True, help_text="empty until it is read")
    comment = models.CharField(max_length=600, blank=True, help_text="for the member")

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["capstone", "reader", "submission"], name="capstone_reading_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None, passes=None) | Q(sent_at__isnull=False, passes__isnull=False),
                name="capstone_reading_sent_has_verdict",
            ),
            models.CheckConstraint(condition=~Q(passes=False, comment=""), name="capstone_return_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.capstone_id}: {self.passes}"


class CapstoneScore(models.Model):
    """How far a capstone shows one line of the rubric, from 0 to 3."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its capstone")

    reading = models.ForeignKey(CapstoneReading, models.CASCADE, related_name="scores")
    line = models.ForeignKey(RubricLine, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["line__order"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "line"], name="capstone_score_once"),
            models.CheckConstraint(condition=Q(value__lte=3), name="capstone_score_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.value}"
