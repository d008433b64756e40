"""Plans: the person's own why, goals with a reason, steps with a date, and how much of it a mentor may see.

Stable, and read by others: `Plan.uid`, `person`, `shared_with_mentors`, `check_in_on`; `Goal.uid`, `theme_code`,
`theme_name`, `target_level`, `status`, `reached_on`; `Step.uid`, `kind`, `text`, `due_on`, `done_at`, `changed_at`,
`offering`, `session`. What is `sealed` is its owner's alone (see `growth/own_words.py`): no other app opens it.
Goals and steps that were taken out are not in `objects`, nor in `plan.goals` and `goal.steps`; they wait a while in
`every`, in case their owner wants them back.
"""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models import Offering, Session
from trellis.people.models import Person

_FILE = "while the person has a file; erased with it"
# What was taken out can be brought back for as long as this; then the daily job deletes it.
UNDO_DAYS = 30


class PlanSharing(models.TextChoices):
    """How much of a plan a mentor or coach of the person may see; never the why, reasons, notes or the journal."""

    NOTHING = "nothing", _("Nothing")
    GOALS = "goals", _("My goals")
    STEPS = "steps", _("My goals and steps")


class Plan(models.Model):
    """A person's way from a standing to a target."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _FILE)

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.OneToOneField(Person, models.CASCADE, related_name="plan")
    sealed = models.BinaryField(default=bytes, help_text="the why, in the person's own words")
    shared_with_mentors = models.CharField(max_length=7, choices=PlanSharing, default=PlanSharing.NOTHING)
    check_in_weeks = models.PositiveSmallIntegerField(null=True, blank=True, help_text="2, 4, or empty for none")
    check_in_on = models.DateField(null=True, blank=True, help_text="the day of the next check-in")
    mails_weekly = models.BooleanField(default=True)
    mail_weekday = models.PositiveSmallIntegerField(default=0, help_text="0 is Monday")
    # The day of the last weekly mail, or on which there was nothing to say in one.
    mailed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shared_with_mentors__in=PlanSharing.values), name="plan_sharing_known"),
            models.CheckConstraint(
                condition=Q(check_in_weeks=None, check_in_on=None)
                | Q(check_in_weeks__in=(2, 4), check_in_on__isnull=False),
                name="plan_check_in_has_day",
            ),
            models.CheckConstraint(condition=Q(mail_weekday__lte=6), name="plan_mail_weekday_in_week"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class GoalQuerySet(models.QuerySet["Goal"]):
    """Goals, narrowed by what became of them."""

    def going(self) -> "GoalQuerySet":
        """Keep the goals that are worked on: neither paused nor reached."""
        return self.filter(status=GoalStatus.OPEN)


class _Goals(models.Manager["Goal"]):
    def get_queryset(self) -> GoalQuerySet:
        return GoalQuerySet(self.model, using=self._db).filter(removed_at=None)


class GoalStatus(models.TextChoices):
    """Where a goal stands, by its owner's own word; what standing and evidence say stands beside it."""

    OPEN = "open", _("Working on it")
    PAUSED = "paused", _("Paused")
    REACHED = "reached", _("Reached")


class Goal(models.Model):
    """A theme to grow in: from where, to which level, why, by when."""

    privacy = Privacy(PrivacyClass.SENSITIVE, f"{_FILE}; once taken out, {UNDO_DAYS} days")

    uid = models.UUIDField(default=new_uid, unique=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    theme_code = models.CharField(max_length=16)
    theme_name = models.CharField(max_length=40, help_text="as it was called when the goal was set")
    target_level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True, help_text="why it was suggested, in our words")
    sealed = models.BinaryField(default=bytes, help_text="the person's own reason")
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=7, choices=GoalStatus, default=GoalStatus.OPEN)
    reached_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    every = models.Manager()
    objects = _Goals.from_queryset(GoalQuerySet)()

    class Meta:
        default_manager_name = "objects"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "theme_code", "target_level"], condition=Q(removed_at=None), name="goal_once"
            ),
            models.CheckConstraint(condition=Q(target_level__gte=1, target_level__lte=9), name="goal_level_in_range"),
            models.CheckConstraint(condition=Q(status__in=GoalStatus.values), name="goal_status_known"),
            models.CheckConstraint(
                condition=Q(status=GoalStatus.REACHED, reached_on__isnull=False)
                | (~Q(status=GoalStatus.REACHED) & Q(reached_on=None)),
                name="goal_reached_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.theme_name


class StepQuerySet(models.QuerySet["Step"]):
    """Steps, narrowed by what there is to do about them."""

    def waiting(self) -> "StepQuerySet":
        """Keep the steps that are not done, of goals that are worked on."""
        return self.filter(done_at=None, goal__status=GoalStatus.OPEN)


class _Steps(models.Manager["Step"]):
    def get_queryset(self) -> StepQuerySet:
        # A goal takes its steps with it when it is taken out, and brings them back.
        return StepQuerySet(self.model, using=self._db).filter(removed_at=None, goal__removed_at=None)


class StepKind(models.TextChoices):
    """What a step is."""

    ACTIVITY = "activity", _("An activity")
    SESSION = "session", _("A session")
    TOOL = "tool", _("A tool")
    OWN = "own", _("Something of my own")


class Step(models.Model):
    """One thing to do for a goal. Its text is kept as it was called, so that it stays readable without its pointer."""

    privacy = Privacy(PrivacyClass.SENSITIVE, f"{_FILE}; once taken out, {UNDO_DAYS} days")

    uid = models.UUIDField(default=new_uid, unique=True)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=StepKind, default=StepKind.OWN)
    activity_uid = models.UUIDField(null=True, blank=True, help_text="the activity that it came from, in any edition")
    offering = models.ForeignKey(Offering, models.SET_NULL, null=True, blank=True, related_name="+")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+", help_text="empty until one is chosen"
    )
    tool_key = models.CharField(max_length=60, blank=True, help_text="key in the registry of tools")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField(default=bytes, help_text="with whom, and notes")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    every = models.Manager()
    objects = _Steps.from_queryset(StepQuerySet)()

    class Meta:
        default_manager_name = "objects"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "activity_uid"],
                condition=~Q(activity_uid=None) & Q(removed_at=None),
                name="step_activity_once",
            ),
            models.UniqueConstraint(
                fields=["goal", "offering"],
                condition=~Q(offering=None) & Q(removed_at=None),
                name="step_offering_once",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="step_has_text"),
            models.CheckConstraint(
                # A session's pointers may be lost with what they point at; its text stays.
                condition=Q(kind="activity", activity_uid__isnull=False, offering=None, session=None, tool_key="")
                | Q(kind="session", activity_uid=None, tool_key="")
                | (Q(kind="tool", activity_uid=None, offering=None, session=None) & ~Q(tool_key=""))
                | Q(kind="own", activity_uid=None, offering=None, session=None, tool_key=""),
                name="step_points_as_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def is_late(self, on: dt.date) -> bool:
        """Whether it is not done, and its date has passed."""
        return self.done_at is None and self.due_on is not None and self.due_on < on
