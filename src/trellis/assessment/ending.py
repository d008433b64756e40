"""How a 360 ends: closed by hand or by date, with the news to the rated person; or cancelled, and forgotten."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from trellis.assessment.closing import close, forget
from trellis.assessment.inviting import remind, tell_ready
from trellis.assessment.models import ThreeSixty, ThreeSixtyState
from trellis.assessment.nominating import held, note
from trellis.core import audit
from trellis.core.sqlite.traces import forget_deleted
from trellis.people.models import Person

_log = logging.getLogger(__name__)


@transaction.atomic
def close_and_tell(three_sixty: ThreeSixty, *, by: audit.Actor | None) -> ThreeSixty:
    """Close and release a 360, then tell the rated person by mail; raises ValidationError when it is not open."""
    closed = close(three_sixty, by=by)
    transaction.on_commit(lambda: tell_ready(closed))
    return closed


@transaction.atomic
def cancel(three_sixty: ThreeSixty, *, by: Person) -> None:
    """Call a 360 off at any time before it is closed: names, links, answers and the key are deleted.

    Raises ValidationError when it is closed or was cancelled already.
    """
    going = (ThreeSixtyState.CHOOSING, ThreeSixtyState.WITH_COACH, ThreeSixtyState.OPEN)
    three_sixty = held(three_sixty, *going)
    forget(three_sixty)
    three_sixty.state = ThreeSixtyState.CANCELLED
    three_sixty.save(update_fields=["state", "key", "note"])
    note(three_sixty, "cancel", by=by)
    transaction.on_commit(lambda: forget_deleted(connection))


def remind_all(on: dt.date) -> str:
    """Send the reminders and the links that are due; returns a line without names."""
    going = ThreeSixty.objects.filter(state=ThreeSixtyState.OPEN, round__closes_on__gte=on)
    sent = sum(remind(three_sixty, on=on) for three_sixty in going)
    return f"{sent} mails"


def close_past(on: dt.date) -> str:
    """Close what is past its last day; returns a line without names."""
    past = list(ThreeSixty.objects.filter(state=ThreeSixtyState.OPEN, round__closes_on__lt=on))
    closed = 0
    for three_sixty in past:
        try:
            close_and_tell(three_sixty, by=None)
        except ValidationError as refusal:
            # One whose answers nobody can read any more must not keep the others open.
            if refusal.code == "unreadable":
                _log.error("a 360 cannot be closed: the site's secret key has changed since it was opened")
        else:
            closed += 1
    return f"{closed} closed"
