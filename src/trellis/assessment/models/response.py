"""Responses and ratings: one person's answers, and one answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.assessment.models.instrument import Instrument, Moment, Round
from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Attribute, Statement, Theme
from trellis.people.models import Person


class Relation(models.TextChoices):
    """Who answers, seen from the person that the answers are about; `other` are kinds that were too few alone."""

    SELF = "self", _("Self")
    PEER = "peer", _("Peer")
    LEAD = "lead", _("Lead")
    MENTOR = "mentor", _("Mentor")
    FOLLOWER = "follower", _("Follower")
    COACH = "coach", _("Coach")
    OTHER = "other", _("All others")


class Response(models.Model):
    """One person's answers to an instrument, about a person or (without one) about the round's unit.

    A retake is a new wave and the old one stays. Without a rater nobody can say who answered: so it is with a team's
    answers, and with those of a 360 once it is closed; then there is no time either, and the wave tells them apart.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, "while the person has a file; erased with it")

    uid = models.UUIDField(default=new_uid, unique=True)
    # By instrument there is the index below.
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="responses", db_index=False)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="responses")
    subject = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="responses_about")
    rater = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="responses_by")
    relation = models.CharField(max_length=8, choices=Relation, default=Relation.SELF)
    wave = models.PositiveSmallIntegerField(default=1)
    domain_order = models.JSONField(default=list, help_text="codes of the domains in the order shown; kept")
    themes = models.JSONField(default=list, help_text="codes of the themes asked; empty for all of them")
    started_at = models.DateTimeField(default=clock.now, null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    moment = models.CharField(max_length=8, choices=Moment, blank=True, help_text="that of its round")

    class Meta:
        ordering = ["-wave"]
        # What was finished between two days, and about whom, is summed without a look at any row.
        indexes = [models.Index(fields=["instrument", "finished_at", "subject"], name="response_finished")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "rater", "relation", "instrument", "wave"], name="response_wave_once"
            ),
            models.UniqueConstraint(
                fields=["subject", "rater", "relation", "instrument"],
                condition=Q(finished_at=None, moment=""),
                name="response_one_open",
            ),
            models.UniqueConstraint(
                fields=["round", "subject", "rater", "relation"],
                condition=~Q(moment=""),
                name="response_once_at_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(moment="") | Q(moment__in=Moment.values, round__isnull=False),
                name="response_moment_has_round",
            ),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="response_relation_known"),
            models.CheckConstraint(
                # NULL passes every comparison of a CHECK, so that there are both must be said.
                condition=~Q(relation="self")
                | Q(subject=None)
                | Q(subject=models.F("rater"), rater__isnull=False, subject__isnull=False),
                name="response_self_is_self",
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=False) | Q(round__isnull=False), name="response_is_about_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} wave {self.wave}"


class Rating(models.Model):
    """One answer to one question: a number on the instrument's scale, or that the person cannot say.

    The question points at a theme, a statement (with its version), an attribute, or an item of the instrument's own;
    `aspect` tells answers to the same point apart (before and after, how often and when last). Half-steps are 0 to
    twice the top level. `cannot_say` (no chance, not observed, don't know) is missing, never 0.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its response")

    response = models.ForeignKey(Response, models.CASCADE, related_name="ratings", db_index=False)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="ratings")
    # No index of their own: they would slow every save, and only deleting a draft edition would ask them.
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="ratings", db_index=False
    )
    attribute = models.ForeignKey(
        Attribute, models.PROTECT, null=True, blank=True, related_name="ratings", db_index=False
    )
    item = models.SlugField(max_length=40, blank=True, db_index=False)
    aspect = models.SlugField(max_length=12, blank=True, db_index=False)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    cannot_say = models.BooleanField(default=False)
    answered_at = models.DateTimeField(default=clock.now, null=True, blank=True)

    class Meta:
        constraints = [
            # NULL is never the same as NULL, so this one needs no condition; it is the index by response too.
            models.UniqueConstraint(fields=["response", "theme", "aspect"], name="rating_theme_once"),
            models.UniqueConstraint(
                fields=["response", "statement", "aspect"],
                condition=Q(statement__isnull=False),
                name="rating_statement_once",
            ),
            models.UniqueConstraint(
                fields=["response", "attribute", "aspect"],
                condition=Q(attribute__isnull=False),
                name="rating_attribute_once",
            ),
            models.UniqueConstraint(
                fields=["response", "item", "aspect"], condition=~Q(item=""), name="rating_item_once"
            ),
            models.CheckConstraint(
                condition=Q(theme__isnull=False, statement=None, attribute=None, item="")
                | Q(theme=None, statement__isnull=False, attribute=None, item="")
                | Q(theme=None, statement=None, attribute__isnull=False, item="")
                | (Q(theme=None, statement=None, attribute=None) & ~Q(item="")),
                name="rating_points_at_one",
            ),
            models.CheckConstraint(
                condition=Q(cannot_say=True, value=None)
                | Q(cannot_say=False, value__isnull=False, value__gte=0, value__lte=20),
                name="rating_value_or_cannot_say",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id or self.statement_id or self.attribute_id or self.item} {self.aspect}".strip()


class Remark(models.Model):
    """What a person wrote in their own words to one question of an instrument."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its response")

    response = models.ForeignKey(Response, models.CASCADE, related_name="remarks")
    item = models.SlugField(max_length=40)
    text = models.TextField(max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "item"], name="remark_once"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_has_text"),
        ]

    def __str__(self) -> str:
        return self.item
