"""Evidence: a pointer that supports a standing in one cell, who is asked to read it, and what became of it."""

import datetime as dt
import secrets
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition
from trellis.people.models import Person

# What somebody did three years ago still says something; ten years ago it was another job, and another person.
MOST_YEARS = 3


class EvidenceKind(models.TextChoices):
    """What the evidence points at."""

    LINK = "link", _("A link")
    FILE = "file", _("A file")
    CREDENTIAL = "credential", _("A credential")
    TOOL = "tool", _("A worksheet")  # no form offers it before there are practice tools


class Part(models.TextChoices):
    """What the person's part in it was: activity alone says little, so each supports a level and no more."""

    TOOK_PART = "took part", _("I took part")
    LED = "led", _("I led it, or taught others")
    ADOPTED = "adopted", _("My unit adopted it and reviewed it")


SUPPORTED_LEVEL: dict[str, int] = {Part.TOOK_PART: 1, Part.LED: 2, Part.ADOPTED: 3}


class EvidenceStatus(models.TextChoices):
    """Where a piece of evidence is on its way."""

    SUBMITTED = "submitted", _("Waits for a coach")
    RETURNED = "returned", _("Sent back to you")
    ATTESTED = "attested", _("Attested")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SecondReading(models.TextChoices):
    """What became of the second reading that one in ten is drawn for."""

    NONE = "none", _("Not drawn")
    WAITING = "waiting", _("Waits for a second reader")
    AGREED = "agreed", _("Two readers agree")
    DIFFER = "differ", _("Two readers differ")
    KEPT = "kept", _("Two readers differed, and it was kept")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, narrowed by whether it counts."""

    def counting(self, on: dt.date) -> "EvidenceQuerySet":
        """Keep what is attested and has not expired on that day."""
        return self.filter(status=EvidenceStatus.ATTESTED, expires_on__gte=on)


def stored_name(instance: "Evidence", filename: str) -> str:
    """Return a random place for a file: what it was called is personal, and stands in its row only."""
    return f"evidence/{secrets.token_hex(32)}"


class Evidence(models.Model):
    """A pointer to something that a person did, for one cell of an edition; the cell is kept by uid and code."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "while the person has a file; erased with it")

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="evidence")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="evidence")
    theme_uid = models.UUIDField(help_text="the theme, in any edition")
    cell_uid = models.UUIDField(help_text="the cell, in any edition")
    cell_code = models.CharField(max_length=20)
    theme_code = models.CharField(max_length=16)
    theme_name = models.CharField(max_length=40, help_text="as it was called when the evidence was sent")
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    part = models.CharField(max_length=9, choices=Part)
    outcome = models.CharField(max_length=300, help_text="one sentence: what came of it")
    link = models.URLField(max_length=500, blank=True, help_text="shown, and never fetched")
    file = models.FileField(upload_to=stored_name, blank=True)
    file_name = models.CharField(max_length=120, blank=True, help_text="what its owner called it")
    file_type = models.CharField(max_length=8, blank=True, help_text="ending of a type that we know")
    file_size = models.PositiveIntegerField(default=0)
    credential = models.CharField(max_length=120, blank=True)
    credential_by = models.CharField(max_length=120, blank=True)
    credential_number = models.CharField(max_length=300, blank=True, help_text="a number, or an address")
    credential_on = models.DateField(null=True, blank=True)
    tool_uid = models.UUIDField(null=True, blank=True, help_text="a worksheet of a practice tool; never its content")
    any_coach = models.BooleanField(default=False, help_text="any coach of a unit of the person's may read it")
    sent_to = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=9, choices=EvidenceStatus, default=EvidenceStatus.SUBMITTED)
    submission = models.PositiveSmallIntegerField(default=1, help_text="how often it was sent")
    submitted_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    attested_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True, help_text="the last day on which it counts")
    second = models.CharField(max_length=7, choices=SecondReading, default=SecondReading.NONE)
    renews = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="renewals")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["status", "second"], name="evidence_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
            models.CheckConstraint(condition=Q(status__in=EvidenceStatus.values), name="evidence_status_known"),
            models.CheckConstraint(condition=Q(second__in=SecondReading.values), name="evidence_second_known"),
            models.CheckConstraint(condition=~Q(outcome=""), name="evidence_has_outcome"),
            models.CheckConstraint(condition=Q(submission__gte=1), name="evidence_sent_once"),
            models.CheckConstraint(
                condition=Q(level=1, part__in=Part.values)
                | Q(level=2, part__in=[Part.LED, Part.ADOPTED])
                | Q(level__gte=3, level__lte=9, part=Part.ADOPTED),
                name="evidence_part_supports_level",
            ),
            models.CheckConstraint(
                condition=Q(status=EvidenceStatus.WITHDRAWN)
                | (Q(kind=EvidenceKind.LINK) & ~Q(link=""))
                | (Q(kind=EvidenceKind.FILE) & ~Q(file="") & ~Q(file_name="") & ~Q(file_type=""))
                | (Q(kind=EvidenceKind.CREDENTIAL) & ~Q(credential="") & ~Q(credential_by=""))
                | Q(kind=EvidenceKind.TOOL, tool_uid__isnull=False),
                name="evidence_points_at_something",
            ),
            models.CheckConstraint(
                condition=~Q(status=EvidenceStatus.WITHDRAWN)
                | Q(link="", file="", file_name="", credential="", credential_by="", credential_number=""),
                name="evidence_withdrawn_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(status=EvidenceStatus.ATTESTED)
                | Q(attested_on__isnull=False, expires_on__isnull=False, expires_on__gte=F("attested_on")),
                name="evidence_attested_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(second=SecondReading.NONE) | Q(status=EvidenceStatus.ATTESTED),
                name="evidence_second_when_attested",
            ),
            # NULL passes a comparison of a CHECK: whoever is unknown is not the person.
            models.CheckConstraint(
                condition=~Q(sent_to=F("person")) & ~Q(read_by=F("person")), name="evidence_read_by_another"
            ),
            models.CheckConstraint(condition=Q(any_coach=False) | Q(sent_to=None), name="evidence_one_or_any_coach"),
            models.UniqueConstraint(
                fields=["renews"],
                condition=Q(renews__isnull=False) & ~Q(status=EvidenceStatus.WITHDRAWN),
                name="evidence_renewed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell_code}"

    @property
    def counts(self) -> bool:
        """Whether it supports the standing today."""
        return self.status == EvidenceStatus.ATTESTED and not self.is_expired

    @property
    def is_expired(self) -> bool:
        """Whether it was attested and its time is over."""
        return (
            self.status == EvidenceStatus.ATTESTED and self.expires_on is not None and self.expires_on < clock.today()
        )

    @property
    def may_be_mended(self) -> bool:
        """Whether its owner may change it and send it again."""
        return self.status in (EvidenceStatus.SUBMITTED, EvidenceStatus.RETURNED)

    @property
    def readers_differ(self) -> bool:
        """Whether two readers differ and no coach has settled it."""
        return self.second == SecondReading.DIFFER


@receiver(post_delete, sender=Evidence)
def delete_file(instance: Evidence, **kwargs: Any) -> None:
    """Delete the file with its row, also when the whole person is erased; after commit, as that cannot be undone."""
    discard(instance.file.name)


def discard(name: str | None) -> None:
    """Delete a stored file once the transaction has succeeded; does nothing without a name."""
    if name:
        storage = Evidence._meta.get_field("file").storage
        transaction.on_commit(lambda: storage.delete(name))
