"""Responses and ratings: one person's answers, and one answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.assessment.models.instrument import Instrument, Round
from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Theme
from trellis.people.models import Person


class Relation(models.TextChoices):
    """Who answers, seen from the person that the answers are about."""

    SELF = "self", _("Self")
    PEER = "peer", _("Peer")
    LEAD = "lead", _("Lead")
    MENTOR = "mentor", _("Mentor")
    FOLLOWER = "follower", _("Follower")
    COACH = "coach", _("Coach")


class Response(models.Model):
    """One person's answers to an instrument about one person; a retake is a new wave and the old one stays."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "while the person has a file; erased with it")

    uid = models.UUIDField(default=new_uid, unique=True)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="responses")
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="responses")
    subject = models.ForeignKey(Person, models.CASCADE, related_name="responses_about")
    rater = models.ForeignKey(Person, models.CASCADE, related_name="responses_by")
    relation = models.CharField(max_length=8, choices=Relation, default=Relation.SELF)
    wave = models.PositiveSmallIntegerField(default=1)
    domain_order = models.JSONField(default=list, help_text="codes of the domains in the order shown; kept")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-wave"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "rater", "relation", "instrument", "wave"], name="response_wave_once"
            ),
            models.UniqueConstraint(
                fields=["subject", "rater", "relation", "instrument"],
                condition=Q(finished_at=None),
                name="response_one_open",
            ),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="response_relation_known"),
            models.CheckConstraint(
                condition=~Q(relation="self") | Q(subject=models.F("rater")), name="response_self_is_self"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} wave {self.wave}"


class Rating(models.Model):
    """One answer to one theme: half-steps 0 to 6 (shown as 0 to 3), or no chance to do this: missing, not 0."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its response")

    response = models.ForeignKey(Response, models.CASCADE, related_name="ratings")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="ratings")
    half_steps = models.PositiveSmallIntegerField(null=True, blank=True)
    no_chance = models.BooleanField(default=False)
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "theme"], name="rating_once"),
            models.CheckConstraint(
                # NULL passes every comparison of a CHECK, so that there is a number must be said.
                condition=Q(no_chance=True, half_steps=None)
                | Q(no_chance=False, half_steps__isnull=False, half_steps__gte=0, half_steps__lte=6),
                name="rating_value_or_no_chance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id}"
