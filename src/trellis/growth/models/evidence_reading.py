"""Readings of evidence: a coach's answers to the rubric; and the history of what happened to a piece of evidence."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.growth.models.evidence import Evidence
from trellis.people.models import Person


class Decision(models.TextChoices):
    """What a reader decides."""

    ATTEST = "attest", _("Attest it")
    RETURN = "return", _("Send it back")


class Reading(models.Model):
    """One coach's reading of one submission; the second reader sees nothing of the first one's."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its evidence")

    uid = models.UUIDField(default=new_uid, unique=True)
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="readings")
    submission = models.PositiveSmallIntegerField(help_text="which submission was read")
    is_second = models.BooleanField(default=False)
    reader = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=6, choices=Decision)
    comment = models.CharField(max_length=1000, blank=True)
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["read_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "submission", "is_second"], name="reading_once"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="reading_decision_known"),
            models.CheckConstraint(condition=~Q(decision=Decision.RETURN, comment=""), name="reading_return_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.decision}"


class ReadingAnswer(models.Model):
    """How far one statement (uid and version say which wording) is shown: 0 not, 1 partly, 2 clearly."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its evidence")

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="answers")
    statement_uid = models.UUIDField()
    statement_version = models.PositiveSmallIntegerField()
    shown = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "statement_uid"], name="reading_answer_once"),
            models.CheckConstraint(condition=Q(shown__lte=2), name="reading_answer_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_uid}: {self.shown}"


class Happening(models.TextChoices):
    """What can happen to a piece of evidence."""

    SENT = "sent", _("Sent")
    MENDED = "mended", _("Changed and sent again")
    RETURNED = "returned", _("Sent back")
    ATTESTED = "attested", _("Attested")
    AGREED = "agreed", _("Read a second time: the readers agree")
    DIFFERED = "differed", _("Read a second time: the readers differ")
    KEPT = "kept", _("Settled: the attestation stays")
    TAKEN_BACK = "taken back", _("Settled: the attestation is taken back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EvidenceEvent(models.Model):
    """A line of the history that the evidence's owner reads."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its evidence")

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=Happening)
    comment = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(what__in=Happening.values), name="evidence_event_known")]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.what}"
