"""Reminders: a mail on the day before a session, once, to who has a seat. Run by the daily jobs."""

import datetime as dt

from django.db import transaction

from trellis.core import audit, clock
from trellis.learning.letters import write_letters
from trellis.learning.models import LetterKind, SessionStatus, SignUp, SignUpStatus
from trellis.learning.when import there

# Wide enough for every zone; which of these begin tomorrow is asked by their own clocks.
_AHEAD = dt.timedelta(hours=48)


@transaction.atomic
def remind_all(day: dt.date) -> str:
    """Remind everybody whose session is tomorrow, or today when a day was missed; returns how many mails that makes."""
    now = clock.now()
    seats = SignUp.objects.select_for_update(of=("self",)).filter(
        status=SignUpStatus.SEAT,
        reminded_at=None,
        session__status=SessionStatus.PLANNED,
        session__starts_at__gt=now,
        session__starts_at__lte=now + _AHEAD,
    )
    due = [
        seat
        for seat in seats.select_related("session").order_by("pk")
        if (_day(seat.session.starts_at, seat) - _day(now, seat)).days <= 1
    ]
    if due:
        SignUp.objects.filter(pk__in=[seat.pk for seat in due]).update(reminded_at=now)
        write_letters(due, LetterKind.REMINDER)
        audit.record(by=None, action="learning.remind", target="sessions:near", detail={"letters": len(due)})
    return f"{len(due)} reminders of sessions"


def _day(moment: dt.datetime, seat: SignUp) -> dt.date:
    return there(moment, seat.session.zone).date()
