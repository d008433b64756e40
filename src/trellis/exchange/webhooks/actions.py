"""What a unit's staff do with webhooks: add, renew the secret, turn on and off, try out, remove; all in the trail."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.exchange.models import Delivery, Event, Webhook
from trellis.exchange.webhooks.signing import new_secret, seal
from trellis.people.models import Person, Unit

# So long both secrets hold after a change, so that nothing is lost while the other side takes the new one in.
BOTH_HOLD = dt.timedelta(days=1)
_MOST = 10
_KEPT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """A webhook and its secret, which is told once."""

    webhook: Webhook
    secret: str


@transaction.atomic
def add_webhook(*, unit: Unit, url: str, events: Sequence[str], by: Person) -> Told:
    """Have a unit's completions told to an address from now on; raises ValidationError when it has that already.

    The unit must come from `access.webhook_units(by)`.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    if Webhook.objects.filter(unit=unit, url=url).exists():
        raise ValidationError(_("This unit has this address already."))
    if Webhook.objects.filter(unit=unit).count() >= _MOST:
        raise ValidationError(_("A unit has ten addresses at most. Remove one first."))
    secret = new_secret()
    webhook = Webhook.objects.create(
        unit=unit, url=url, events=sorted(events), sealed=seal(secret), made_by=by, seen=audit.newest()
    )
    _note(webhook, "add", by=by, events=webhook.events)
    return Told(webhook, secret)


@transaction.atomic
def renew_secret(webhook: Webhook, *, by: Person) -> Told:
    """Give a webhook a new secret; for a day messages carry the signatures of both."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    secret = new_secret()
    webhook.sealed_before, webhook.sealed, webhook.changed_at = bytes(webhook.sealed), seal(secret), clock.now()
    webhook.save(update_fields=["sealed_before", "sealed", "changed_at"])
    _note(webhook, "secret", by=by)
    return Told(webhook, secret)


@transaction.atomic
def switch(webhook: Webhook, *, on: bool, by: Person) -> None:
    """Turn a webhook on or off; what happens while it is off is never told."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    webhook.is_on = on
    webhook.seen = audit.newest()
    webhook.save(update_fields=["is_on", "seen"])
    _note(webhook, "on" if on else "off", by=by)


@transaction.atomic
def send_test(webhook: Webhook, *, by: Person) -> None:
    """Send a message that says nothing, so that the other side can be tried out."""
    _note(webhook, "test", by=by)
    Delivery.objects.create(webhook=webhook, event=Event.TEST)


@transaction.atomic
def remove_webhook(webhook: Webhook, *, by: Person) -> None:
    """Remove a webhook with its list of messages; nothing is sent there any more."""
    _note(webhook, "remove", by=by)
    webhook.delete()


@transaction.atomic
def forget_old_deliveries(on: dt.date) -> str:
    """Delete what became of messages 30 days ago, and secrets that a newer one has replaced; the daily job."""
    gone, _rows = Delivery.objects.exclude(state=Delivery.State.WAITING).filter(made_at__date__lt=on - _KEPT).delete()
    old = Webhook.objects.exclude(sealed_before=b"").filter(changed_at__lt=clock.now() - BOTH_HOLD)
    old.update(sealed_before=b"")
    if gone:
        audit.record(by=None, action="exchange.webhook.forget", target="deliveries:old", detail={"count": gone})
    return f"{gone} forgotten"


def _note(webhook: Webhook, what: str, *, by: Person, **detail: object) -> None:
    detail |= {"unit": str(webhook.unit.uid)}
    audit.record(by=by, action=f"exchange.webhook.{what}", target=f"webhook:{webhook.uid}", detail=detail)
