"""Offers of a place in a programme, and what became of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.application import Application


class OfferAnswer(models.TextChoices):
    """What became of an offer."""

    OPEN = "", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("The date has passed")


HOLDS_A_PLACE = (OfferAnswer.OPEN, OfferAnswer.ACCEPTED)


class Offer(models.Model):
    """A place offered to an applicant, to be answered by a day that still counts."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its application")

    uid = models.UUIDField(default=new_uid, unique=True)
    application = models.ForeignKey(Application, models.CASCADE, related_name="offers")
    made_at = models.DateTimeField(default=clock.now)
    answer_by = models.DateField()
    from_waiting = models.BooleanField(default=False, help_text="a place that somebody else did not take")
    answer = models.CharField(max_length=8, choices=OfferAnswer, default=OfferAnswer.OPEN, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["answer", "answer_by"], name="offer_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answer__in=HOLDS_A_PLACE), name="offer_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer=OfferAnswer.OPEN, answered_at=None)
                | (Q(answer__in=OfferAnswer.values, answered_at__isnull=False) & ~Q(answer=OfferAnswer.OPEN)),
                name="offer_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.answer}"
