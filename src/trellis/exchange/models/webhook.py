"""Webhooks: where a unit wants to be told that somebody has completed something, and what became of each message."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person, Unit


class Event(models.TextChoices):
    """What can be told; the value is the type of the message."""

    PROGRAM_COMPLETED = "program.completed"
    SESSION_ATTENDED = "session.attended"
    TEST = "test"


class Webhook(models.Model):
    """An https address of a unit's own system; messages to it are signed with a secret that both know."""

    privacy = Privacy(
        PrivacyClass.INTERNAL,
        "until the unit removes it",
        {"made_by": PrivacyClass.PERSONAL, "sealed": PrivacyClass.SECRET, "sealed_before": PrivacyClass.SECRET},
    )

    uid = models.UUIDField(default=new_uid, unique=True)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="webhooks")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list, help_text="types of what it wants to be told")
    sealed = models.BinaryField(help_text="the secret, sealed by the site's own key")
    sealed_before = models.BinaryField(blank=True, default=b"", help_text="the one before, for a day after a change")
    changed_at = models.DateTimeField(default=clock.now, help_text="when the secret was made")
    created_at = models.DateTimeField(default=clock.now)
    is_on = models.BooleanField(default=True)
    seen = models.BigIntegerField(default=0, help_text="the row of the audit trail up to which it was told")

    class Meta:
        ordering = ["unit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "url"], name="webhook_once"),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="webhook_is_https"),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"


class Delivery(models.Model):
    """One message to one address, without what it says: that is read from the rows anew each time it is tried."""

    privacy = Privacy(PrivacyClass.INTERNAL, "30 days")

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given up"
        GONE = "gone"  # what it was about is not there any more

    uid = models.UUIDField(default=new_uid, unique=True)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20, choices=Event)
    about = models.CharField(max_length=80, blank=True, help_text="kind and uid of what it is about")
    made_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now, null=True, blank=True)
    answered = models.CharField(max_length=40, blank=True, help_text="status of the last answer, or why there was none")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["state", "next_at"], name="delivery_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event", "about"], condition=~Q(event="test"), name="delivery_told_once"
            ),
            models.CheckConstraint(condition=Q(event__in=Event.values), name="delivery_event_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_at__isnull=False, done_at=None)
                | (~Q(state="waiting") & Q(next_at=None, done_at__isnull=False)),
                name="delivery_waits_or_is_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"
