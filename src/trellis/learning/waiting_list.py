"""The waiting list, which moves by itself: whoever waits longest gets the seat that becomes free."""

from trellis.learning.letters import write_letters
from trellis.learning.models import LetterKind, Session, SignUp, SignUpStatus


def seats_free(session: Session) -> int | None:
    """Return how many seats nobody has; None where there are as many as come. One query."""
    if session.seats is None:
        return None
    return max(0, session.seats - session.sign_ups.filter(status=SignUpStatus.SEAT).count())


def fill_seats(session: Session) -> list[SignUp]:
    """Give free seats to who waits, in the order of the list, and write to them; returns who got one.

    In the caller's transaction, with the session's row locked. Once a session has begun nobody moves up any more.
    """
    if session.is_cancelled or session.has_begun:
        return []
    free, waiting = seats_free(session), session.sign_ups.filter(status=SignUpStatus.WAITING).order_by("since", "pk")
    moved = list(waiting if free is None else waiting[:free])
    SignUp.objects.filter(pk__in=[one.pk for one in moved]).update(status=SignUpStatus.SEAT)
    write_letters(moved, LetterKind.SEAT)
    return moved
