"""A cell of the grid: official texts, plain statements that are rated, and activities to learn by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from trellis.framework.models.edition import EditionItem
from trellis.framework.models.grid import Level, Theme


class Cell(EditionItem):
    """A theme at a level; everything in Trellis points at one."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="cells")
    level = models.ForeignKey(Level, models.CASCADE, related_name="cells")
    code = models.CharField(max_length=20)
    behaviour = models.TextField(blank=True, help_text="official: what a leader does")
    considerations = models.TextField(blank=True, help_text="official: what to learn")

    class Meta:
        ordering = ["edition", "theme__order", "level__number"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "level"], name="cell_once"),
            models.UniqueConstraint(fields=["edition", "code"], name="cell_code_once"),
            models.UniqueConstraint(fields=["edition", "uid"], name="cell_uid_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Statement(EditionItem):
    """One observable idea in plain words: the thing that is rated. New wording is a new version."""

    cell = models.ForeignKey(Cell, models.CASCADE, related_name="statements")
    version = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField()
    text_self = models.CharField(max_length=200, help_text="I ...")
    text_other = models.CharField(max_length=200, help_text="They ...")

    class Meta:
        ordering = ["cell", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "uid"], name="statement_uid_once"),
            models.UniqueConstraint(fields=["cell", "order"], name="statement_order_once"),
            models.CheckConstraint(condition=~Q(text_self="") & ~Q(text_other=""), name="statement_has_texts"),
        ]

    def __str__(self) -> str:
        return self.text_self


class ActivityKind(models.TextChoices):
    """How a person learns by it."""

    READ = "read", pgettext_lazy("way to learn", "Read")
    REFLECT = "reflect", pgettext_lazy("way to learn", "Reflect")
    PRACTISE = "practise", pgettext_lazy("way to learn", "Practise")
    TAKE_PART = "take part", pgettext_lazy("way to learn", "Take part")
    TEACH = "teach", pgettext_lazy("way to learn", "Teach")
    LEAD = "lead", pgettext_lazy("way to learn", "Lead")


class Activity(EditionItem):
    """One doable thing that teaches part of a cell."""

    cell = models.ForeignKey(Cell, models.CASCADE, related_name="activities")
    version = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ActivityKind)
    minutes = models.PositiveIntegerField(help_text="a rough time")
    text = models.CharField(max_length=300)
    clauses = models.JSONField(default=list, help_text="which clauses of the cell's considerations it covers, from 1")

    class Meta:
        ordering = ["cell", "order"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["edition", "uid"], name="activity_uid_once"),
            models.UniqueConstraint(fields=["cell", "order"], name="activity_order_once"),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="activity_takes_time"),
        ]

    def __str__(self) -> str:
        return self.text
