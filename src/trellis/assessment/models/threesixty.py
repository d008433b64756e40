"""The 360: whom to ask about a person, their sealed answers while it runs, and what is released once it is closed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.assessment.models.instrument import Round
from trellis.assessment.models.response import Relation
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person

_WHILE_OPEN = "until the 360 is closed; then forgotten"
ASKED = [(kind.value, kind.label) for kind in Relation if kind not in (Relation.SELF, Relation.OTHER)]


class ThreeSixtyState(models.TextChoices):
    """How far a 360 has come."""

    CHOOSING = "choosing", _("Choosing whom to ask")
    WITH_COACH = "with-coach", _("With the coach")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class ThreeSixty(models.Model):
    """One person's 360 from nomination to release; the round says about whom, from when to when.

    `key` opens the sealed answers and is itself wrapped; closing forgets it, and with it every trace that is left.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, "while the person has a file; erased with it", {"key": PrivacyClass.SECRET}
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    round = models.OneToOneField(Round, models.CASCADE, related_name="three_sixty")
    coach = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="three_sixties_coached")
    state = models.CharField(max_length=10, choices=ThreeSixtyState, default=ThreeSixtyState.CHOOSING)
    domains = models.JSONField(default=list, help_text="codes of the domains asked about; empty for all")
    note = models.CharField(max_length=500, blank=True, help_text="what the coach said when returning the list")
    key = models.BinaryField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    shared_with_coach = models.BooleanField(default=False, help_text="the rated person lets the coach read the report")

    class Meta:
        verbose_name_plural = "three sixties"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ThreeSixtyState.values), name="three_sixty_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False, key=None),
                name="three_sixty_closed_has_no_key",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(state="closed"), name="three_sixty_released_when_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class RaterState(models.TextChoices):
    """What has become of a request; while a 360 runs this is all that is known of a rater."""

    NOMINATED = "nominated", _("Named")
    INVITED = "invited", _("Asked")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Would rather not")


class Rater(models.Model):
    """A person who is asked to answer about somebody, with an account or without; closing deletes the row."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _WHILE_OPEN)

    uid = models.UUIDField(default=new_uid, unique=True)
    three_sixty = models.ForeignKey(ThreeSixty, models.CASCADE, related_name="raters")
    relation = models.CharField(max_length=8, choices=ASKED)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="asked_in")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, help_text="only for who is asked without an account")
    language = models.CharField(max_length=8, default="en")
    is_employer_address = models.BooleanField(default=False, help_text="a rule says that the employer may read it")
    state = models.CharField(max_length=10, choices=RaterState, default=RaterState.NOMINATED)

    class Meta:
        ordering = ["relation", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["three_sixty", "email"], condition=~Q(email=""), name="rater_address_once"),
            models.UniqueConstraint(
                fields=["three_sixty", "person"], condition=Q(person__isnull=False), name="rater_person_once"
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(email=""), name="rater_can_be_reached"),
            models.CheckConstraint(condition=Q(relation__in=[kind for kind, _ in ASKED]), name="rater_relation_known"),
            models.CheckConstraint(condition=Q(state__in=RaterState.values), name="rater_state_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """One link that was sent to a rater; only its digest is kept, so that the database cannot answer for anybody."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _WHILE_OPEN, {"digest": PrivacyClass.SECRET})

    rater = models.ForeignKey(Rater, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    sent_on = models.DateField()

    class Meta:
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return f"{self.sent_on}"


class Envelope(models.Model):
    """A rater's answers while the 360 is open, sealed; nothing in the row says whose they are, of what kind, or when.

    `mark` is the digest of a secret that only the rater's own browser holds: it finds the envelope again, to correct.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, _WHILE_OPEN, {"mark": PrivacyClass.SECRET})

    mark = models.CharField(max_length=64, primary_key=True)
    three_sixty = models.ForeignKey(ThreeSixty, models.CASCADE, related_name="envelopes")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "sealed"


class Release(models.Model):
    """What a closed 360 says: made once, from groups of five or more, and never made again."""

    privacy = Privacy(
        PrivacyClass.SENSITIVE, "while the person has a file; erased with it", {"comments": PrivacyClass.SECRET}
    )

    three_sixty = models.OneToOneField(ThreeSixty, models.CASCADE, related_name="release")
    content = models.JSONField(help_text="groups with their counts, and medians in half-steps by theme")
    comments = models.BinaryField(null=True, blank=True, help_text="sealed; in no order, split from all scores")

    def __str__(self) -> str:
        return f"{self.three_sixty_id}"


class Exclusion(models.Model):
    """Two persons who do not answer about each other: an election rival, say. Only who said so ever sees the row."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "until its owner takes it back; erased with either person")

    person = models.ForeignKey(Person, models.CASCADE, related_name="exclusions")
    other = models.ForeignKey(Person, models.CASCADE, related_name="excluded_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="exclusion_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="exclusion_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
