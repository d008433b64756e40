"""Plan templates: goals and steps that suit a role or a cohort, shown as a proposal and adopted in one press.

Stable, for programmes: `PlanTemplate` may be pointed at by a cohort (`ForeignKey(PlanTemplate, PROTECT)`);
`growth.template_actions.adopt_template` puts it into somebody's own plan and overwrites nothing.
"""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Framework
from trellis.growth.models.plan import StepKind
from trellis.learning.models import Offering
from trellis.people.models import Role


class PlanTemplate(models.Model):
    """A proposal for a plan; ours are marked as a suggestion until the association has made them its own."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: who adopted it can still say what it was")

    uid = models.UUIDField(default=new_uid, unique=True)
    key = models.SlugField(max_length=60, blank=True, help_text="of one that comes with Trellis")
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="plan_templates")
    role = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="plan_templates", help_text="empty for any"
    )
    title = models.CharField(max_length=80)
    about = models.CharField(max_length=400, blank=True)
    words = models.JSONField(default=dict, blank=True, help_text="language: {text here: the same in that language}")
    is_suggestion = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=True, help_text="offered to everybody, and not to a cohort alone")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["role__order", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "key"], condition=~Q(key=""), name="plan_template_key_once"),
            models.CheckConstraint(condition=~Q(title=""), name="plan_template_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class TemplateGoal(models.Model):
    """A goal that a template proposes: a theme and its target level."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its template")

    template = models.ForeignKey(PlanTemplate, models.CASCADE, related_name="goals")
    theme_code = models.CharField(max_length=16)
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "theme_code"], name="template_goal_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="template_goal_level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_code} {self.level}"


class TemplateStep(models.Model):
    """A step that a template proposes, so many days after it is adopted."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its template")

    goal = models.ForeignKey(TemplateGoal, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=StepKind, default=StepKind.OWN)
    activity_uid = models.UUIDField(null=True, blank=True)
    offering = models.ForeignKey(Offering, models.CASCADE, null=True, blank=True, related_name="+")
    tool_key = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300)
    days = models.PositiveSmallIntegerField(help_text="after it is adopted")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="template_step_has_text"),
            models.CheckConstraint(
                condition=Q(kind="activity", activity_uid__isnull=False, offering=None, tool_key="")
                | Q(kind="session", activity_uid=None, offering__isnull=False, tool_key="")
                | (Q(kind="tool", activity_uid=None, offering=None) & ~Q(tool_key=""))
                | Q(kind="own", activity_uid=None, offering=None, tool_key=""),
                name="template_step_points_as_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.text
