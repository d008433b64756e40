"""Memberships: which person belongs to which unit, and since when."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models.person import Person
from trellis.people.models.unit import Unit


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, narrowed by date."""

    def active(self, on: dt.date) -> "MembershipQuerySet":
        """Keep the memberships that hold on that day."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class Membership(models.Model):
    """A person's place in a unit; an ended one stays as history."""

    privacy = Privacy(PrivacyClass.PERSONAL, "3 years after it ends")

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(until=None), name="membership_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.unit_id}"
