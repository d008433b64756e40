"""Cohorts: a group going through a programme, its sessions, its members, and who completed it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.call import Call
from trellis.learning.models.programme import Programme
from trellis.learning.models.session import Session
from trellis.people.models import Person

_MEMBER = "7 years: who completed what; the rest with the person's account"


class Cohort(models.Model):
    """A group going through a programme, with the rules that held when it began."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: who completed a programme can still say with which cohort")

    uid = models.UUIDField(default=new_uid, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    call = models.OneToOneField(Call, models.SET_NULL, null=True, blank=True, related_name="cohort")
    title = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    sessions_planned = models.PositiveSmallIntegerField()
    attend_least = models.PositiveSmallIntegerField()
    attend_first = models.BooleanField(default=False)
    has_capstone = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="cohort_has_title"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_start"),
            models.CheckConstraint(
                condition=Q(attend_least__gte=1, attend_least__lte=F("sessions_planned")), name="cohort_rule_can_be_met"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CohortSession(models.Model):
    """A session that belongs to a cohort; its title says what it is about."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its cohort")

    uid = models.UUIDField(default=new_uid, unique=True)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions")
    session = models.OneToOneField(Session, models.PROTECT, related_name="in_cohort")
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["session__starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="cohort_session_has_title")]

    def __str__(self) -> str:
        return self.title


class PlanSharing(models.TextChoices):
    """What the others of a cohort may see of a member's plan."""

    NOTHING = "nothing", _("Nothing")
    GOALS = "goals", _("My goals")
    STEPS = "steps", _("My goals and steps")


class CohortMember(models.Model):
    """A person in a cohort: what they let the others see, and how it ended.

    An exception has a reason and takes two: who asked for it, and who completes.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, _MEMBER, {"exception": PrivacyClass.SENSITIVE})

    uid = models.UUIDField(default=new_uid, unique=True)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="cohort_places")
    joined_on = models.DateField(default=clock.today)
    left_on = models.DateField(null=True, blank=True)
    shows_name = models.BooleanField(default=False, help_text="the others see the given name")
    shares_plan = models.CharField(max_length=7, choices=PlanSharing, default=PlanSharing.NOTHING)
    mentor = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="mentors_in_cohorts")
    exception = models.CharField(max_length=500, blank=True, help_text="why it is completed though the rule is not met")
    exception_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    completed_on = models.DateField(null=True, blank=True)
    completed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["person__family_name", "person__given_name", "pk"]
        indexes = [models.Index(fields=["person", "completed_on"], name="cohort_member_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="cohort_member_once"),
            models.CheckConstraint(condition=Q(shares_plan__in=PlanSharing.values), name="cohort_sharing_known"),
            models.CheckConstraint(
                condition=Q(completed_on=None) | Q(left_on=None), name="cohort_member_completed_or_left"
            ),
            # NULL passes a comparison of a CHECK: an account that is gone was another's.
            models.CheckConstraint(
                condition=Q(exception="") | Q(completed_on=None) | ~Q(exception_by=F("completed_by")),
                name="cohort_exception_takes_two",
            ),
            models.CheckConstraint(condition=~Q(mentor=F("person")), name="cohort_mentor_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.person_id}"
