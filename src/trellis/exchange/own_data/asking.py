"""Asking for an erasure, taking that back, and doing what is due; each leaves an audit row."""

import datetime as dt
import logging
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from trellis.core import audit, clock, mail
from trellis.core.models import AuditEntry
from trellis.exchange.models import ErasureRequest
from trellis.exchange.own_data.erasing import ERASED, afterwards, erase
from trellis.people.models import Person

# Long enough to come back from a holiday and find the mail.
WAIT = dt.timedelta(days=14)
# How long the facts on the disk are looked at again, should it have failed.
_AGAIN = dt.timedelta(days=7)
_log = logging.getLogger(__name__)


@transaction.atomic
def ask_erasure(person: Person, *, by: Person) -> ErasureRequest:
    """Have a person erased when the waiting time is over; asked twice, the first day stands. The person gets a mail.

    `by` is the person, or who may erase people who have left (`access.departed_people`).
    """
    asked_by = None if by == person else by
    request, is_new = ErasureRequest.objects.get_or_create(
        person=person, defaults={"asked_by": asked_by, "due_on": clock.today() + WAIT}
    )
    if is_new:
        audit.record(by=by, action="person.erasure.ask", target=f"person:{person.uid}")
        transaction.on_commit(lambda: _tell(person.email, person.language, "asked"))
    return request


@transaction.atomic
def take_back(request: ErasureRequest, *, by: Person) -> None:
    """Take an erasure back before it is done: all stays as it is."""
    audit.record(by=by, action="person.erasure.take_back", target=f"person:{request.person.uid}")
    request.delete()


class NotErasedError(Exception):
    """Some who were due could not be erased; the text says how many, and which: by the random number of each."""


def erase_due(on: dt.date) -> str:
    """Erase who is due on a day, each on their own; the daily job. Returns a line without names.

    One that fails stops no other, and is tried again the next day. Raises NotErasedError at the end when any failed.
    """
    due = list(ErasureRequest.objects.filter(due_on__lte=on).select_related("person", "asked_by").order_by("pk"))
    failed = []
    for request in due:
        person = request.person
        uid = person.uid
        try:
            erase(person, by=request.asked_by or person)
        except Exception:
            _log.exception("person:%s could not be erased", uid)
            failed.append(f"person:{uid}")
            continue
        _tell(person.email, person.language, "done")
    said = [f"{len(due) - len(failed)} erased"]
    if AuditEntry.objects.filter(action=ERASED, at__date__gte=on - _AGAIN).exists():
        said += afterwards()
    if failed:
        raise NotErasedError(f"{', '.join(said)}; not erased: {', '.join(failed)}")
    return ", ".join(said)


def _tell(address: str | None, language: str, what: str) -> None:
    """Write to the person; a mail that cannot be sent stops nothing, and the log holds no address."""
    if not address:
        return
    context = {"link": urljoin(settings.TRELLIS_URL, reverse("own_data:page"))}
    try:
        mail.send(to=address, template=f"exchange/own_data/mail/{what}.txt", context=context, language=language)
    except OSError as error:
        _log.warning("a mail about an erasure could not be sent (%s)", type(error).__name__)
