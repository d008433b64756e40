"""Sends what is due: finds what has happened, and tries each message until it is heard, waiting longer each time."""

import datetime as dt
import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.core.sealing import SealBrokenError
from trellis.exchange.models import Delivery, Event, Webhook
from trellis.exchange.outside.connection import NotHttpsError, NotPublicError, reach
from trellis.exchange.webhooks.actions import BOTH_HOLD
from trellis.exchange.webhooks.happenings import ACTIONS, happenings, told
from trellis.exchange.webhooks.signing import signature, unseal
from trellis.people.models import Unit, around

# After each try that failed; after the last nothing is tried again.
WAITS = tuple(
    dt.timedelta(**wait)
    for wait in (
        {"minutes": 1}, {"minutes": 5}, {"minutes": 30}, {"hours": 2}, {"hours": 5}, {"hours": 10}, {"hours": 24},
    )
)  # fmt: skip
_SECONDS, _MOST_READ = 10.0, 64 * 1024
_AT_ONCE, _A_RUN = 500, 200
_GONE = 410

Post = Callable[[str, bytes, dict[str, str]], int]


class NotSentError(Exception):
    """A message that nobody has answered; the text says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did, in numbers."""

    delivered: int
    failed: int

    def __str__(self) -> str:
        return f"{self.delivered} delivered, {self.failed} not"


def post(url: str, text: bytes, headers: dict[str, str]) -> int:
    """Send one message and return the status of the answer; follows nothing. Raises NotSentError."""
    try:
        connection, path = reach(url, seconds=_SECONDS)
    except NotHttpsError as error:
        raise NotSentError("no https address") from error
    except NotPublicError as error:
        raise NotSentError(str(error)) from error
    try:
        connection.request("POST", path, body=text, headers=headers)
        answer = connection.getresponse()
        answer.read(_MOST_READ)
        return answer.status
    except (OSError, http.client.HTTPException) as error:
        raise NotSentError(type(error).__name__) from error
    finally:
        connection.close()


def send_due(*, send: Post = post) -> Run:
    """Find what has happened since the last run, and send what is due now; at most so many messages in a run."""
    _find()
    delivered = failed = 0
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=clock.now(), webhook__is_on=True)
    for delivery in due.select_related("webhook__unit").order_by("next_at", "pk")[:_A_RUN]:
        if not _claimed(delivery):
            continue  # another run has it
        if _tried(delivery, send):
            delivered += 1
        else:
            failed += 1
    return Run(delivered, failed)


def _find() -> None:
    """Note what each webhook is to be told, from where it stopped in the trail."""
    for key in Webhook.objects.filter(is_on=True).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            webhook = Webhook.objects.select_for_update().filter(pk=key).first()
            if webhook is None:
                continue
            entries = list(AuditEntry.objects.filter(pk__gt=webhook.seen, action__in=ACTIONS).order_by("pk")[:_AT_ONCE])
            if not entries:
                continue
            found = list(happenings(entries))
            units = {each.unit.pk: each.unit for each in found}
            wanted = {unit.pk for unit in units.values() if _is_inside(unit, webhook)}
            Delivery.objects.bulk_create(
                (
                    Delivery(webhook=webhook, event=each.event, about=each.about)
                    for each in found
                    if each.unit.pk in wanted and each.event in webhook.events
                ),
                ignore_conflicts=True,  # taken back and marked again: it was told already
            )
            webhook.seen = entries[-1].pk
            webhook.save(update_fields=["seen"])


def _is_inside(unit: Unit, webhook: Webhook) -> bool:
    return Unit.objects.filter(around([unit]), pk=webhook.unit_id).exists()


def _claimed(delivery: Delivery) -> bool:
    """Take a message for this run: whoever else runs finds it due only later. It is due again should we be killed."""
    later = clock.now() + dt.timedelta(minutes=5)
    waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING, next_at=delivery.next_at)
    return bool(waiting.update(next_at=later))


def _tried(delivery: Delivery, send: Post) -> bool:
    """Try one message, and write down what became of it; says whether it was heard."""
    webhook = delivery.webhook
    data = {} if delivery.event == Event.TEST else told(delivery.event, delivery.about)
    if data is None:
        _done(delivery, Delivery.State.GONE, "")
        return False
    moment = clock.now()
    message = {"type": delivery.event, "timestamp": delivery.made_at.isoformat(), "data": data}
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        status = send(webhook.url, text, _headers(delivery, int(moment.timestamp()), text))
    except (NotSentError, SealBrokenError) as error:
        _later(delivery, str(error) or type(error).__name__)
        return False
    if 200 <= status < 300:
        _done(delivery, Delivery.State.DELIVERED, str(status))
        return True
    if status == _GONE:
        Webhook.objects.filter(pk=webhook.pk).update(is_on=False)  # so the other side says that it wants no more
        _done(delivery, Delivery.State.GIVEN_UP, str(status))
    else:
        _later(delivery, str(status))
    return False


def _headers(delivery: Delivery, moment: int, text: bytes) -> dict[str, str]:
    webhook = delivery.webhook
    secrets = [unseal(webhook.sealed)]
    if webhook.sealed_before and webhook.changed_at > clock.now() - BOTH_HOLD:
        secrets.append(unseal(webhook.sealed_before))
    number = f"msg_{delivery.uid}"
    signed = " ".join(signature(secret, number=number, moment=moment, text=text) for secret in secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Trellis",
        "webhook-id": number,
        "webhook-timestamp": str(moment),
        "webhook-signature": signed,
    }


def _later(delivery: Delivery, answered: str) -> None:
    if delivery.tries >= len(WAITS):
        _done(delivery, Delivery.State.GIVEN_UP, answered)
        return
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=delivery.tries + 1, answered=answered[:40], next_at=clock.now() + WAITS[delivery.tries]
    )


def _done(delivery: Delivery, state: str, answered: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, tries=delivery.tries + 1, answered=answered[:40], next_at=None, done_at=clock.now()
    )
