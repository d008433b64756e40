"""News: mails about a programme that are still to be sent; the row goes once the mail is out."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.programme import Programme
from trellis.people.models import Person


class NewsKind(models.TextChoices):
    """What a mail about a programme says; never what was written or decided about somebody."""

    ENDORSE = "endorse"
    ENDORSED = "endorsed"
    READ = "read"
    OUTCOME = "outcome"
    OFFER = "offer"
    LAPSED = "lapsed"
    COHORT = "cohort"
    CAPSTONE_SENT = "capstone-sent"
    CAPSTONE_READ = "capstone-read"
    COMPLETED = "completed"


class News(models.Model):
    """One mail that waits: sent right after the change is stored, and again by the daily jobs when that fails."""

    privacy = Privacy(PrivacyClass.PERSONAL, "until it is sent")

    person = models.ForeignKey(Person, models.CASCADE, related_name="news")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="news")
    kind = models.CharField(max_length=13, choices=NewsKind)
    page = models.CharField(max_length=200, help_text="the address within the site that it leads to")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "page"], name="news_once"),
            models.CheckConstraint(condition=Q(kind__in=NewsKind.values), name="news_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
