"""Passed over: what a person does not want to be shown among what fits them."""

from django.db import models

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models import Offering
from trellis.people.models import Person


class PassedOver(models.Model):
    """An offering that a person has marked as not for them; they take it back at any time."""

    privacy = Privacy(PrivacyClass.PERSONAL, "while the person has a file; erased with it")

    person = models.ForeignKey(Person, models.CASCADE, related_name="passed_over")
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="passed_over")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "passed over"
        constraints = [models.UniqueConstraint(fields=["person", "offering"], name="passed_over_once")]

    def __str__(self) -> str:
        return f"{self.offering_id}"
