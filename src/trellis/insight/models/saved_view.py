"""Saved views: what a person has chosen on a page of insight, under a name of their own."""

import datetime as dt

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person, Unit

# What was deleted can be brought back for as long as this; then the daily job forgets it.
UNDO_DAYS = 30


class SavedView(models.Model):
    """A page about a unit with what was chosen there; it holds no figure, so that whoever opens it sees their own.

    Without a wave it opens with the newest.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, f"with the person's account; once deleted, {UNDO_DAYS} days")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    page = models.SlugField(max_length=40, help_text="the name of the page's address")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="saved_views")
    wave = models.SlugField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField()
    attribute = models.SlugField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="saved_view_level_in_range"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
            models.UniqueConstraint(
                fields=["person", "name"], condition=Q(removed_at=None), name="saved_view_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.page

    @property
    def can_come_back(self) -> bool:
        """Whether it was deleted so recently that it can be brought back."""
        return self.removed_at is not None and self.removed_at > clock.now() - dt.timedelta(days=UNDO_DAYS)
