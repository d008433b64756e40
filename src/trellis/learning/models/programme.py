"""Programmes: what a group goes through together, what it develops, and what it takes to complete it."""

from django.db import models
from django.db.models import F, Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.offering import Offering
from trellis.learning.models.scale import Criterion
from trellis.people.models import Role, Unit

# A rubric of one line is a grade, and nobody keeps seven in mind.
LEAST_LINES, MOST_LINES = 3, 6


class Programme(models.Model):
    """A programme of a unit; each of its cohorts keeps the rules that held when it began."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: who completed it can still say what it was")

    uid = models.UUIDField(default=new_uid, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes", help_text="who runs it")
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=4000, blank=True)
    roles = models.ManyToManyField(Role, related_name="programmes", blank=True, help_text="whom it is meant for")
    offering = models.OneToOneField(
        Offering, models.PROTECT, null=True, blank=True, related_name="programme", help_text="what its sessions are of"
    )
    sessions_planned = models.PositiveSmallIntegerField(default=6)
    attend_least = models.PositiveSmallIntegerField(default=5, help_text="how many sessions complete it")
    attend_first = models.BooleanField(default=True, help_text="the first session is one that counts")
    has_capstone = models.BooleanField(default=False)
    capstone_task = models.CharField(max_length=600, blank=True, help_text="what the capstone is")
    retired_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="programme_has_title"),
            models.CheckConstraint(
                condition=Q(attend_least__gte=1, attend_least__lte=F("sessions_planned")),
                name="programme_rule_can_be_met",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeCell(models.Model):
    """A cell that a programme develops; uid and codes are those of its edition."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its programme")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cells")
    theme_uid = models.UUIDField(help_text="the theme, in any edition")
    theme_code = models.CharField(max_length=16)
    cell_uid = models.UUIDField(db_index=True, help_text="the cell, in any edition")
    cell_code = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["theme_code", "level"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "cell_uid"], name="programme_cell_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="programme_cell_level_in_range"),
        ]

    def __str__(self) -> str:
        return self.cell_code


class RubricLine(Criterion):
    """One line of the rubric that capstones are read against."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its programme")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rubric")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="rubric_line_order_once"),
            models.CheckConstraint(condition=~Q(title=""), name="rubric_line_has_title"),
        ]
