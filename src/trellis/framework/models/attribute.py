"""Attributes in groups: the second shape of a framework, on which a unit's readiness is judged."""

from django.db import models
from django.db.models import Q

from trellis.framework.models.edition import EditionItem


class AttributeGroup(EditionItem):
    """A group of attributes."""

    code = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    short = models.CharField(max_length=40)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="attribute_group_code_once")]

    def __str__(self) -> str:
        return self.short


class Attribute(EditionItem):
    """Something that is in place, or not, in a unit that bargains and advocates for students."""

    group = models.ForeignKey(AttributeGroup, models.CASCADE, related_name="attributes")
    code = models.CharField(max_length=16)
    order = models.PositiveSmallIntegerField(help_text="place in the whole edition")
    short = models.CharField(max_length=40)
    text = models.CharField(max_length=300, help_text="in our plain words: what it looks like when it is in place")
    first_step = models.CharField(max_length=300, blank=True)
    official_text = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="attribute_code_once"),
            models.UniqueConstraint(fields=["edition", "uid"], name="attribute_uid_once"),
            models.CheckConstraint(condition=~Q(text=""), name="attribute_has_text"),
        ]

    def __str__(self) -> str:
        return self.short
