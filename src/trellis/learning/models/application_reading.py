"""Blind readings of applications: who reads which, and what they found by criterion."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.application import Application
from trellis.learning.models.call import CallCriterion, CallReader


class BlindReading(models.Model):
    """One reader's reading of one application; once sent it stays, since the reader then sees what others found."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its application")

    uid = models.UUIDField(default=new_uid, unique=True)
    application = models.ForeignKey(Application, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(CallReader, models.CASCADE, related_name="readings")
    is_further = models.BooleanField(default=False, help_text="asked for since the first readers differ")
    assigned_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    stepped_back_at = models.DateTimeField(null=True, blank=True, help_text="the reader knew whose it is, or cannot")
    comment = models.CharField(max_length=600, blank=True, help_text="for those who decide")

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reader"], name="blind_reading_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(stepped_back_at=None), name="blind_reading_sent_or_stepped_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.reader_id}"


class Score(models.Model):
    """How far an application shows one criterion, from 0 to 3."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its application")

    reading = models.ForeignKey(BlindReading, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(CallCriterion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(value__lte=3), name="score_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"
