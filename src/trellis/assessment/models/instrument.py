"""Instruments and rounds: a set of questions, and one offering of it to people."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition
from trellis.people.models import Person, Unit


class Instrument(models.Model):
    """A versioned set of questions over one edition; `definition` is the checked content of its YAML file."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: responses stay readable")

    uid = models.UUIDField(default=new_uid, unique=True)
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="instruments")
    name = models.CharField(max_length=120)
    definition = models.JSONField(default=dict)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version", "edition"], name="instrument_version_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Moment(models.TextChoices):
    """The occasion on which a round asks, of an instrument that asks on more than one."""

    BEFORE = "before", pgettext_lazy("moment", "Before")
    AFTER = "after", _("After")


class Round(models.Model):
    """One offering of an instrument: to a unit and everything in it, or to those who answer about one person.

    A round of a moment asks whoever is at its occasion, from one minute to another: a day would be too coarse.
    """

    privacy = Privacy(PrivacyClass.INTERNAL, "kept: waves are compared over years", {"subject": PrivacyClass.SENSITIVE})

    uid = models.UUIDField(default=new_uid, unique=True)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="rounds")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rounds")
    subject = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="rounds_about", help_text="whom others answer about"
    )
    name = models.CharField(max_length=80)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True, help_text="the last day to answer")
    moment = models.CharField(max_length=8, choices=Moment, blank=True, help_text="empty: on no set occasion")
    opens_at = models.DateTimeField(null=True, blank=True, help_text="of a moment")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="of a moment: from then on nothing is taken")

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(condition=Q(moment="") | Q(moment__in=Moment.values), name="round_moment_known"),
            models.CheckConstraint(
                # NULL passes every comparison of a CHECK, so that there are both must be said.
                condition=Q(moment="", opens_at=None, closes_at=None)
                | (Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")) & ~Q(moment="")),
                name="round_moment_has_times",
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")), name="round_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def takes_answers(self, at: dt.datetime) -> bool:
        """Whether an answer given at that time counts; what belongs to no moment takes answers at any time."""
        if self.opens_at is None or self.closes_at is None:
            return True
        return self.opens_at <= at < self.closes_at
