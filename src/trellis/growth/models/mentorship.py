"""Mentorships: what two people agreed, what the mentee shares meanwhile, when they met, and how it ended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.growth.models.codes import CodesField
from trellis.people.models import Person


class HowOften(models.TextChoices):
    """How often the two meet."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")
    AS_NEEDED = "as needed", _("when there is something to talk about")


class Shares(models.TextChoices):
    """What the mentee lets this mentor see while the mentorship lasts."""

    NOTHING = "nothing", _("Nothing")
    STANDING = "standing", _("Where I stand")
    PLAN = "plan", _("Where I stand, and my plan")


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    """Mentorships, narrowed by how far they are."""

    def running(self) -> "MentorshipQuerySet":
        """Keep those that nobody has ended, agreed or not: each takes one of the mentor's places."""
        return self.filter(ended_at=None)

    def agreed(self) -> "MentorshipQuerySet":
        """Keep the running ones to which both have said yes, and whose last day is not over."""
        return self.running().filter(
            mentor_agreed_at__isnull=False, mentee_agreed_at__isnull=False, until__gte=clock.today()
        )


class Mentorship(models.Model):
    """Two people who agreed, or are about to: both say yes to the same words before anything opens.

    `key` seals notes and thanks, wrapped by the site's own; once it is forgotten nobody reads them again.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE,
        "2 years after it ends; notes and thanks 90 days",
        {
            "key": PrivacyClass.SECRET,
            "mentor_thanks": PrivacyClass.SECRET,
            "mentee_thanks": PrivacyClass.SECRET,
        },
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="mentoring")
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="mentored")
    themes = CodesField(max_length=600)
    how_often = models.CharField(max_length=11, choices=HowOften, default=HowOften.MONTHLY)
    version = models.PositiveSmallIntegerField(default=1, help_text="of the terms: a yes is to one of them")
    until = models.DateField(null=True, blank=True, help_text="its last day")
    shares = models.CharField(max_length=8, choices=Shares, default=Shares.NOTHING, help_text="the mentee decides")
    mentor_agreed_at = models.DateTimeField(null=True, blank=True)
    mentee_agreed_at = models.DateTimeField(null=True, blank=True)
    began_on = models.DateField(null=True, blank=True, help_text="when both had said yes for the first time")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.BinaryField(null=True, blank=True)
    mentor_thanks = models.BinaryField(null=True, blank=True)
    mentee_thanks = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"], condition=Q(ended_at=None), name="mentorship_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="mentorship_of_two"),
            models.CheckConstraint(condition=Q(shares__in=Shares.values), name="mentorship_shares_known"),
            models.CheckConstraint(condition=Q(how_often__in=HowOften.values), name="mentorship_how_often_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=False) | Q(mentor_agreed_at=None, mentee_agreed_at=None),
                name="mentorship_agreed_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(key__isnull=False) | Q(mentor_thanks=None, mentee_thanks=None),
                name="mentorship_thanks_are_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"

    @property
    def is_agreed(self) -> bool:
        """Whether it runs, both have said yes, and its last day is not over."""
        both = self.mentor_agreed_at is not None and self.mentee_agreed_at is not None
        return self.ended_at is None and both and self.until is not None and self.until >= clock.today()

    def has_agreed(self, person: Person) -> bool:
        """Whether this one of the two has said yes to the terms as they stand."""
        return (self.mentor_agreed_at if person.pk == self.mentor_id else self.mentee_agreed_at) is not None

    def other(self, person: Person) -> Person:
        """Return the other one of the two."""
        return self.mentee if person.pk == self.mentor_id else self.mentor


class MentorMeeting(models.Model):
    """One meeting of the two: the day, what they agreed (sealed), and when they meet next."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "90 days after the mentorship ends", {"notes": PrivacyClass.SECRET})

    uid = models.UUIDField(default=new_uid, unique=True)
    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="meetings")
    held_on = models.DateField()
    notes = models.BinaryField(help_text="sealed with the mentorship's key")
    next_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentorship", "held_on"], name="mentor_meeting_once_a_day"),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("held_on")), name="mentor_meeting_next_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"
