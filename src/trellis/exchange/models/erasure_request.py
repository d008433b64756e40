"""Erasure requests: who is to be erased, when, and who asked; until then it can be taken back."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person


class ErasureRequest(models.Model):
    """One person who is to be erased on a day; `asked_by` is somebody else where the person has left."""

    privacy = Privacy(PrivacyClass.PERSONAL, "until it is done or taken back")

    person = models.OneToOneField(Person, models.CASCADE, related_name="erasure_request")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(db_index=True, help_text="the day on which it is done")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="erasure_asked_by_self_is_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on}"
