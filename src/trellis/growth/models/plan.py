"""Plans: goals with a reason, and steps with a date."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person

_FILE = "while the person has a file; erased with it"


class Plan(models.Model):
    """A person's way from a standing to a target."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _FILE)

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.OneToOneField(Person, models.CASCADE, related_name="plan")
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Goal(models.Model):
    """A theme to grow in: from where, to which level, why, by when."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _FILE)

    uid = models.UUIDField(default=new_uid, unique=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    theme_code = models.CharField(max_length=16)
    theme_name = models.CharField(max_length=40, help_text="as it was called when the goal was set")
    target_level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "theme_code", "target_level"], name="goal_once"),
            models.CheckConstraint(condition=Q(target_level__gte=1, target_level__lte=9), name="goal_level_in_range"),
        ]

    def __str__(self) -> str:
        return self.theme_name


class Step(models.Model):
    """One thing to do for a goal: an activity of the edition, or something of one's own."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _FILE)

    uid = models.UUIDField(default=new_uid, unique=True)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    activity_uid = models.UUIDField(null=True, blank=True, help_text="the activity that it came from, in any edition")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "activity_uid"], condition=~Q(activity_uid=None), name="step_activity_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="step_has_text"),
        ]

    def __str__(self) -> str:
        return self.text
