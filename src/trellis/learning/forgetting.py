"""Forgetting: what people needed, thirty days after a session; who came, three years after. Run by the daily jobs."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Q

from trellis.core import audit, clock
from trellis.core.sqlite.traces import forget_deleted
from trellis.learning.models import SignUp

NEEDS_KEPT = dt.timedelta(days=30)
SIGN_UPS_KEPT = dt.timedelta(days=3 * 365 + 1)


@transaction.atomic
def forget_due(day: dt.date) -> str:
    """Delete what has been kept long enough; returns of how many sign-ups."""
    needed = SignUp.objects.filter(~Q(needs="") | Q(children__gt=0), session__ends_at__lt=clock.now() - NEEDS_KEPT)
    needs = needed.update(needs="", children=0)
    _, deleted = SignUp.objects.filter(session__ends_at__lt=clock.now() - SIGN_UPS_KEPT).delete()
    gone = deleted.get(SignUp._meta.label, 0)
    if needs or gone:
        detail = {"needs": needs, "sign_ups": gone}
        audit.record(by=None, action="learning.forget", target="sign-ups:old", detail=detail)
        transaction.on_commit(lambda: forget_deleted(connection))
    return f"forgot what was needed in {needs} sign-ups, and {gone} old sign-ups"
