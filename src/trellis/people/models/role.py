"""Roles and terms: a named job, what it lets its holder see, and the dates between which it does."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models.person import Person
from trellis.people.models.unit import Unit, UnitKind

# Only a term close to the members opens files: no state or national office reads what a person shared in their local.
FILE_KINDS = frozenset({UnitKind.LOCAL, UnitKind.WORKSITE})
# An affiliate speaks for its members: a local or a state, and no building or committee.
AFFILIATE_KINDS = frozenset({UnitKind.LOCAL, UnitKind.STATE})
# Who has a list of members: the association, its states and its locals, and no building or committee.
ROSTER_KINDS = AFFILIATE_KINDS | {UnitKind.NATIONAL}


class Role(models.Model):
    """A named job, kept as data; its grants say what a term in it lets a person see, in plain words too."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: terms of past years name it")

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, help_text="what the holder does and may see, in plain words")
    order = models.PositiveSmallIntegerField(default=50)
    leads = models.BooleanField(default=False, help_text="sees files that members of the unit share with its leaders")
    coaches = models.BooleanField(default=False, help_text="sees files that members of the unit share with a coach")
    keeps_framework = models.BooleanField(
        default=False, help_text="imports and publishes editions, edits role profiles"
    )

    arranges = models.BooleanField(
        default=False, help_text="adds offerings and sessions of the unit, and sees who signed up for them"
    )
    runs_programmes = models.BooleanField(
        default=False, help_text="runs the unit's programmes: calls, cohorts, and the files that applicants send in"
    )
    endorses = models.BooleanField(
        default=False, help_text="endorses members of the unit who apply for a programme, and sees what they sent in"
    )
    keeps_members = models.BooleanField(
        default=False, help_text="brings in the members of the unit: lists, directories, sign-in; sees their names"
    )
    one_in_each = models.CharField(
        max_length=10, choices=UnitKind, blank=True, help_text="each unit of this kind needs somebody in this role"
    )

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(one_in_each__in=["", *UnitKind.values]), name="role_seat_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class TermQuerySet(models.QuerySet["Term"]):
    """Terms, narrowed by date."""

    def active(self, on: dt.date) -> "TermQuerySet":
        """Keep the terms that hold on that day."""
        return self.filter(Q(ends=None) | Q(ends__gte=on), starts__lte=on)


class Term(models.Model):
    """One person in one role for one unit, between two dates; access ends with it."""

    privacy = Privacy(PrivacyClass.PERSONAL, "7 years: who held which office")

    person = models.ForeignKey(Person, models.CASCADE, related_name="terms")
    role = models.ForeignKey(Role, models.PROTECT, related_name="terms")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit", "starts"], name="term_once"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="term_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} of {self.unit_id}"

    @property
    def grants(self) -> frozenset[str]:
        """What the term lets its holder do while it lasts; needs `role` and `unit`."""
        opens_files = self.unit.kind in FILE_KINDS
        held = {
            "leads": self.role.leads and opens_files,
            "coaches": self.role.coaches and opens_files,
            # The framework belongs to the whole association, so only a term at its top keeps it.
            "keeps_framework": self.role.keeps_framework and self.unit.is_top,
            "arranges": self.role.arranges,
            "runs_programmes": self.role.runs_programmes,
            "endorses": self.role.endorses and self.unit.kind in AFFILIATE_KINDS,
            "keeps_members": self.role.keeps_members and self.unit.kind in ROSTER_KINDS,
        }
        return frozenset(name for name, granted in held.items() if granted)
