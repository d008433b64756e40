"""The grid of an edition: domains, themes, levels, and the definitions at its foot."""

from django.db import models
from django.db.models import Q

from trellis.framework.models.edition import EditionItem


class Domain(EditionItem):
    """A domain: a group of themes with one purpose."""

    code = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True, help_text="in our plain words")
    official_purpose = models.TextField(blank=True)
    icon = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="domain_code_once"),
            models.UniqueConstraint(fields=["edition", "uid"], name="domain_uid_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Theme(EditionItem):
    """A competency theme: a row of the grid."""

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="themes")
    code = models.CharField(max_length=16)
    order = models.PositiveSmallIntegerField(help_text="place in the whole edition")
    name = models.CharField(max_length=240)
    short = models.CharField(max_length=40)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="theme_code_once"),
            models.UniqueConstraint(fields=["edition", "uid"], name="theme_uid_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(short=""), name="theme_has_names"),
        ]

    def __str__(self) -> str:
        return self.short


class Level(EditionItem):
    """A level: a column of the grid, 1 upward (0, not yet, has no row)."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="level_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & Q(number__lte=9), name="level_in_range"),
        ]

    def __str__(self) -> str:
        return self.name


class Definition(EditionItem):
    """A term that the grid uses in its own sense."""

    order = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=80)
    text = models.TextField(blank=True, help_text="in our plain words")
    official_text = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "term"], name="definition_once")]

    def __str__(self) -> str:
        return self.term
