"""What is to be done for programmes once a day: close calls, let offers lapse, forget what is past its time."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from trellis.core import audit
from trellis.learning.call_actions import close_call
from trellis.learning.models import Application, ApplicationStatus, Call, CallStatus, Capstone

# What was decided may be asked about for a year; what was never sent is nobody's business for long.
KEPT_DAYS, UNSENT_DAYS = 365, 30
CAPSTONE_DAYS = 3 * 365


def close_past(on: dt.date) -> str:
    """Close the calls whose last day is over."""
    over = list(Call.objects.filter(status=CallStatus.OPEN, closes_on__lt=on))
    for call in over:
        close_call(call, by=None)
    return f"closed {len(over)} calls"


@transaction.atomic
def forget_old(on: dt.date) -> str:
    """Delete applications a year after their decision (or the day it was due), unsent ones a month after the close."""
    kept, unsent = on - dt.timedelta(days=KEPT_DAYS), on - dt.timedelta(days=UNSENT_DAYS)
    decided = Q(call__decided_at__date__lt=kept) | Q(call__status=CallStatus.CLOSED, call__decide_on__lt=kept)
    never_sent = ~Q(status=ApplicationStatus.SENT) & Q(call__closed_at__date__lt=unsent)
    applications = Application.objects.filter(decided | never_sent)
    capstones = Capstone.objects.filter(member__cohort__ends_on__lt=on - dt.timedelta(days=CAPSTONE_DAYS))
    many, pieces = applications.count(), capstones.count()
    if many or pieces:
        detail = {"applications": many, "capstones": pieces}
        audit.record(by=None, action="programme.forget", target="applications:old", detail=detail)
    applications.delete()
    capstones.delete()
    return f"forgot {many} applications and {pieces} capstones"
