"""Lists of members on their way in: each import, and what was learned of a unit's lists for the next time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person, Unit


class ImportState(models.TextChoices):
    """How far an import is."""

    READING = "reading", _("being read")
    PLANNED = "planned", _("read; waits for your word")
    STORING = "storing", _("being stored")
    DONE = "done", _("stored")
    FAILED = "failed", _("not stored")
    CANCELLED = "cancelled", _("cancelled")


class PeopleImport(models.Model):
    """A list of members of a unit, from its upload to its end; its rows wait in staged tables outside of the models."""

    privacy = Privacy(
        PrivacyClass.INTERNAL, "2 years; file and staged rows for a day", {"made_by": PrivacyClass.PERSONAL}
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people_imports")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    kept = models.CharField(max_length=64, blank=True, help_text="name of the uploaded file in its folder")
    file = models.CharField(max_length=120, blank=True, help_text="what its owner calls the file")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    columns = models.JSONField(null=True, blank=True, help_text="which column is which, where a person has said so")
    said = models.JSONField(default=dict, help_text="answers: order in dates, states, places and persons, all as codes")
    is_whole = models.BooleanField(default=False, help_text="who is missing in the list has left")
    read = models.JSONField(default=dict, help_text="how the file was read, and what is open: never a name of a person")
    counts = models.JSONField(default=dict)
    trouble = models.CharField(max_length=500, blank=True)
    step = models.CharField(max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(default=clock.now, help_text="when the process that works on it was last heard of")
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="people_import_state_known"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="people_import_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED)


class UnitSpelling(models.Model):
    """How a unit's lists write the name of one of the units inside it, as a person has once said."""

    privacy = Privacy(PrivacyClass.INTERNAL, "until the unit is gone: the next list writes it the same way")

    scope = models.ForeignKey(Unit, models.CASCADE, related_name="spellings")
    spelling = models.CharField(max_length=250)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "spelling"], name="unit_spelling_once")]

    def __str__(self) -> str:
        return f"{self.spelling} is {self.unit_id}"


class ColumnChoice(models.Model):
    """What the columns of a unit's lists mean, as a person has once said of a header; the next list begins with it."""

    privacy = Privacy(PrivacyClass.INTERNAL, "until the unit is gone: the next list has the same columns")

    scope = models.ForeignKey(Unit, models.CASCADE, related_name="column_choices")
    header = models.CharField(max_length=64, help_text="fingerprint of the headings")
    columns = models.JSONField(help_text="key of each column's meaning, and its place from 0")
    states = models.JSONField(default=dict, help_text="which states of membership mean a member")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "header"], name="column_choice_once")]

    def __str__(self) -> str:
        return f"{self.columns}"
