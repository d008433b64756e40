"""Evaluations: a session's two rounds of answers, and what sessions of an offering changed, once that may be said."""

from django.db import models
from django.db.models import Q

from trellis.assessment.models import Round
from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition
from trellis.learning.models import Offering, Session


class SessionEvaluation(models.Model):
    """A session that teaches cells, and the two rounds in which those who come are asked about their themes."""

    privacy = Privacy(PrivacyClass.INTERNAL, "kept: what was released stands on it")

    uid = models.UUIDField(default=new_uid, unique=True)
    session = models.OneToOneField(Session, models.PROTECT, related_name="evaluation")
    before = models.OneToOneField(Round, models.PROTECT, related_name="evaluation_before")
    after = models.OneToOneField(Round, models.PROTECT, related_name="evaluation_after")
    themes = models.JSONField(help_text="codes of the themes asked about, in the rounds' edition")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="when those who came were asked by mail")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="when the answers became final")

    class Meta:
        indexes = [models.Index(fields=["closed_at"], name="evaluation_open")]

    def __str__(self) -> str:
        return f"{self.session_id}"


class Effect(models.Model):
    """What sessions of one offering changed in one theme: figures of at least 10 people, released once.

    Each session stands in at most one row for a theme, so that no two rows differ by fewer people. Means and standard
    deviations are of differences in levels: now less before, and now less what is said of before by looking back.
    """

    privacy = Privacy(PrivacyClass.INTERNAL, "kept: a release is never changed")

    uid = models.UUIDField(default=new_uid, unique=True)
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="effects")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="effects")
    theme_uid = models.UUIDField(help_text="the theme, in any edition")
    theme_code = models.CharField(max_length=16)
    sessions = models.JSONField(help_text="uids of the sessions, in the order in which their answers closed")
    people = models.PositiveIntegerField()
    before_mean = models.FloatField()
    before_spread = models.FloatField()
    then_mean = models.FloatField()
    then_spread = models.FloatField()
    released_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["released_at", "pk"]
        indexes = [models.Index(fields=["offering", "theme_uid"], name="effect_of_theme")]
        constraints = [models.CheckConstraint(condition=Q(people__gte=10), name="effect_of_enough_people")]

    def __str__(self) -> str:
        return f"{self.theme_code} {self.people}"
