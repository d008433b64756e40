"""Sign-ups: who comes to a session, who waits for a seat, what they need, and who came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.session import Session
from trellis.people.models import Person


class SignUpStatus(models.TextChoices):
    """Whether a person has a seat."""

    SEAT = "seat", _("You have a seat")
    WAITING = "waiting", _("You are on the waiting list")
    LEFT = "left", _("You gave your seat back")
    WALK_IN = "walk-in", _("You came without a seat")


class MarkedBy(models.TextChoices):
    """How a person was marked as present."""

    CODE = "code", _("with the code in the room")
    LIST = "list", _("by who led the session")


class SignUp(models.Model):
    """One person's place in a session; one row each, however often they leave and come back."""

    privacy = Privacy(
        PrivacyClass.PERSONAL,
        "3 years after the session; what somebody needs, until 30 days after it",
        {"needs": PrivacyClass.SENSITIVE, "children": PrivacyClass.SENSITIVE},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_ups")
    status = models.CharField(max_length=7, choices=SignUpStatus, default=SignUpStatus.SEAT)
    since = models.DateTimeField(default=clock.now, help_text="the order of the waiting list")
    needs = models.CharField(max_length=500, blank=True, help_text="accessibility, in the person's own words")
    children = models.PositiveSmallIntegerField(default=0, help_text="how many need child care")
    reminded_at = models.DateTimeField(null=True, blank=True)
    came = models.BooleanField(null=True, blank=True, help_text="empty until somebody has marked it")
    came_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.CharField(max_length=4, choices=MarkedBy, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["person", "status"], name="sign_up_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="sign_up_once"),
            models.CheckConstraint(condition=Q(status__in=SignUpStatus.values), name="sign_up_status_known"),
            models.CheckConstraint(
                condition=Q(came=True, came_at__isnull=False, marked_by__in=MarkedBy.values)
                | ((Q(came=None) | Q(came=False)) & Q(came_at=None)),
                name="sign_up_came_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.status}"
