"""Sessions: one dated occurrence of an offering, with its place and its seats."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.offering import Offering
from trellis.people.models import Person, Unit


def new_attendance_key() -> str:
    """Mint what the code on the wall of a session says; who holds it is in the room."""
    return secrets.token_urlsafe(12)


class SessionStatus(models.TextChoices):
    """What became of a session; a cancelled one stays, so that calendars can say so."""

    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


class Session(models.Model):
    """One dated occurrence of an offering; times are moments, shown in the session's own zone."""

    privacy = Privacy(
        PrivacyClass.PUBLIC,
        "kept: who came can still say where they were",
        {"attendance_key": PrivacyClass.SECRET, "link": PrivacyClass.INTERNAL},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="sessions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sessions", help_text="who arranges this one")
    key = models.CharField(max_length=60, blank=True, help_text="the unit's own number for it; imports know it by this")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40, help_text="IANA name, such as America/Denver")
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True, help_text="where it meets online; only who has a seat sees it")
    seats = models.PositiveIntegerField(null=True, blank=True, help_text="empty for as many as come")
    sign_up_until = models.DateTimeField(null=True, blank=True, help_text="empty for until it starts")
    note = models.CharField(max_length=500, blank=True, help_text="what to bring, where to park")
    status = models.CharField(max_length=9, choices=SessionStatus, default=SessionStatus.PLANNED)
    attendance_key = models.CharField(max_length=24, default=new_attendance_key, unique=True)
    revision = models.PositiveIntegerField(default=0, help_text="goes up with every change; calendars ask for it")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["status", "starts_at"], name="session_upcoming")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], condition=~Q(key=""), name="session_key_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(status__in=SessionStatus.values), name="session_status_known"),
            models.CheckConstraint(condition=Q(seats=None) | Q(seats__gte=1), name="session_seats_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.offering_id} {self.starts_at:%Y-%m-%d}"


class SessionLead(models.Model):
    """A person who teaches a session: they see who comes and mark who came, whatever their role."""

    privacy = Privacy(PrivacyClass.PERSONAL, "with the session; removed when the person is erased")

    session = models.ForeignKey(Session, models.CASCADE, related_name="leads")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sessions_led")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="session_lead_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"
