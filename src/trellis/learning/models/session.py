"""Sessions: one dated occurrence of an offering, with its place and its seats."""

import datetime as dt
import secrets

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.offering import Offering
from trellis.people.models import Person, Unit

# Who is in the room marks it themselves: from a little before the start until some hours after the end.
CHECK_IN_BEFORE = dt.timedelta(minutes=30)
CHECK_IN_AFTER = dt.timedelta(hours=4)


def new_attendance_key() -> str:
    """Mint what the code on the wall of a session says; who holds it is in the room."""
    return secrets.token_urlsafe(12)


class SessionStatus(models.TextChoices):
    """What became of a session; a cancelled one stays, so that calendars can say so."""

    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, narrowed and counted."""

    def upcoming(self) -> "SessionQuerySet":
        """Keep those that will take place and have not begun, the nearest first."""
        return self.filter(status=SessionStatus.PLANNED, starts_at__gt=clock.now()).order_by("starts_at", "pk")

    def coming(self) -> "SessionQuerySet":
        """Keep those that will take place or go on, the nearest first."""
        return self.filter(status=SessionStatus.PLANNED, ends_at__gt=clock.now()).order_by("starts_at", "pk")

    def over(self) -> "SessionQuerySet":
        """Keep those that took place, the last first."""
        return self.filter(status=SessionStatus.PLANNED, ends_at__lte=clock.now()).order_by("-starts_at", "-pk")

    def with_counts(self) -> "SessionQuerySet":
        """Add how many have a seat (`taken`) and how many wait for one (`waiting`)."""
        return self.annotate(
            taken=Count("sign_ups", filter=Q(sign_ups__status="seat")),
            waiting=Count("sign_ups", filter=Q(sign_ups__status="waiting")),
        )


class Session(models.Model):
    """One dated occurrence of an offering; times are moments, shown in the session's own zone."""

    privacy = Privacy(
        PrivacyClass.PUBLIC,
        "kept: who came can still say where they were",
        {"attendance_key": PrivacyClass.SECRET, "link": PrivacyClass.INTERNAL},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="sessions", db_index=False)
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

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["status", "starts_at"], name="session_upcoming"),
            # The next date of each of thousands of offerings: without it a database may walk all that come, for each.
            models.Index(fields=["offering", "status", "starts_at"], name="session_of_offering"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], condition=~Q(key=""), name="session_key_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(status__in=SessionStatus.values), name="session_status_known"),
            models.CheckConstraint(condition=Q(seats=None) | Q(seats__gte=1), name="session_seats_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.offering_id} {self.starts_at:%Y-%m-%d}"

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.status == SessionStatus.CANCELLED

    @property
    def has_begun(self) -> bool:
        """Whether it goes on, or is over."""
        return self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        """Whether its end has passed."""
        return self.ends_at <= clock.now()

    @property
    def closes_at(self) -> dt.datetime:
        """Until when one may sign up."""
        return min(self.sign_up_until or self.starts_at, self.starts_at)

    @property
    def takes_sign_ups(self) -> bool:
        """Whether one may sign up now, for a seat or the waiting list."""
        return not self.is_cancelled and clock.now() < self.closes_at

    @property
    def check_in_opens_at(self) -> dt.datetime:
        """From when who is there can be marked as present."""
        return self.starts_at - CHECK_IN_BEFORE

    @property
    def can_be_marked(self) -> bool:
        """Whether who runs it may mark who came: once people can be there, and for as long as it is kept."""
        return not self.is_cancelled and clock.now() >= self.check_in_opens_at

    @property
    def check_in_is_open(self) -> bool:
        """Whether the code in the room works now."""
        return not self.is_cancelled and self.check_in_opens_at <= clock.now() <= self.ends_at + CHECK_IN_AFTER


class SessionLead(models.Model):
    """A person who teaches a session: they see who comes and mark who came, whatever their role."""

    privacy = Privacy(PrivacyClass.PERSONAL, "with the session; removed when the person is erased")

    session = models.ForeignKey(Session, models.CASCADE, related_name="leads")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sessions_led")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="session_lead_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"
