"""Applications for a programme: what somebody answered, who endorsed it, and what was decided."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.call import MOST_CHARACTERS, Call, Question
from trellis.people.models import Person, Unit

KEPT = "1 year after the decision; what was never sent, 30 days after the call closed"
# No letters that are taken for one another when they are read out.
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"


def new_code() -> str:
    """Mint what an application is called where its owner's name does not belong."""
    return "".join(secrets.choice(_LETTERS) for _ in range(4))


class ApplicationStatus(models.TextChoices):
    """Whether it counts."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")
    WITHDRAWN = "withdrawn", _("Taken back")


class Outcome(models.TextChoices):
    """What staff decided; the applicant learns of it when all are told."""

    OPEN = "", _("Not decided")
    OFFER = "offer", _("A place")
    WAITING = "waiting", _("Waiting list")
    DECLINE = "decline", _("Not this time")


class Application(models.Model):
    """One person's application in one call; readers know it by its code only."""

    privacy = Privacy(PrivacyClass.SENSITIVE, KEPT)

    uid = models.UUIDField(default=new_uid, unique=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, models.CASCADE, related_name="applications")
    code = models.CharField(max_length=4, default=new_code)
    status = models.CharField(max_length=9, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    begun_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.OPEN, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="why it was decided so; for those who run the call")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    waiting_place = models.PositiveSmallIntegerField(null=True, blank=True, help_text="its turn, from the lowest")

    class Meta:
        ordering = ["begun_at", "pk"]
        indexes = [models.Index(fields=["call", "status", "outcome"], name="application_of_call")]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="application_once"),
            models.UniqueConstraint(fields=["call", "code"], name="application_code_once"),
            models.CheckConstraint(condition=Q(status__in=ApplicationStatus.values), name="application_status_known"),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.SENT) | Q(sent_at__isnull=False), name="application_sent_has_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, decided_at=None)
                | (Q(outcome__in=Outcome.values, decided_at__isnull=False) & ~Q(outcome=Outcome.OPEN) & ~Q(reason="")),
                name="application_outcome_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN) | ~Q(status=ApplicationStatus.DRAFT),
                name="application_decided_was_sent",
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.WAITING) & Q(waiting_place__isnull=False))
                | (~Q(outcome=Outcome.WAITING) & Q(waiting_place=None)),
                name="application_waits_in_turn",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Answer(models.Model):
    """What an applicant wrote to one question."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its application")

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.TextField(max_length=MOST_CHARACTERS)

    class Meta:
        ordering = ["question__order"]
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.question_id}"


class Endorsement(models.Model):
    """What an affiliate says of a member's application; the sentence is for the applicant."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its application")

    application = models.ForeignKey(Application, models.CASCADE, related_name="endorsements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="endorsements", help_text="the affiliate that speaks")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    endorses = models.BooleanField()
    words = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "unit"], name="endorsement_once"),
            models.CheckConstraint(condition=~Q(words=""), name="endorsement_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.endorses}"
