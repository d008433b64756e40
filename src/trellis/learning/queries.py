"""Reads of what can be learned, for pages and other apps; all of them start from what `access` lets the viewer see."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from trellis.core import clock
from trellis.learning.access import own_sign_ups, visible_offerings, visible_sessions
from trellis.learning.models import (
    Offering,
    OfferingCell,
    OfferingStatus,
    Place,
    Session,
    SessionLead,
    SessionStatus,
    SignUp,
    SignUpStatus,
)
from trellis.learning.models.session import SessionQuerySet
from trellis.people.access import Viewer
from trellis.people.models import Person

_SOON, _LATELY = dt.timedelta(days=7), dt.timedelta(days=14)


def offerings_teaching(viewer: Viewer, cell_uid: uuid.UUID) -> QuerySet[Offering]:
    """Return the listed offerings that teach a cell (its uid, in any edition), those with the nearest date first."""
    teaches = OfferingCell.objects.filter(offering=OuterRef("pk"), place=Place.TEACHES, cell_uid=cell_uid)
    return soonest_first(visible_offerings(viewer).filter(Exists(teaches), status=OfferingStatus.LISTED))


def soonest_first(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Add to each when its next session begins (`next_at`, None without one) and put the nearest first."""
    coming = Session.objects.filter(offering=OuterRef("pk"), status=SessionStatus.PLANNED, starts_at__gt=clock.now())
    first = Subquery(coming.order_by("starts_at").values("starts_at")[:1])
    return offerings.annotate(next_at=first).order_by(F("next_at").asc(nulls_last=True), "title", "pk")


def next_sessions(offerings: Iterable[Offering], *, most: int = 3) -> dict[int, list[Session]]:
    """Return the next sessions of each offering by its key, with their counts, the nearest first; one query."""
    found: dict[int, list[Session]] = defaultdict(list)
    keys = [offering.pk for offering in offerings]
    for session in Session.objects.filter(offering__in=keys).upcoming().with_counts():
        if len(found[session.offering_id]) < most:
            found[session.offering_id].append(session)
    return dict(found)


def sign_up_of(viewer: Viewer, session: Session) -> SignUp | None:
    """Return the viewer's sign-up for a session, in whatever state, or None; one query."""
    return own_sign_ups(viewer).filter(session=session).first()


def place_in_line(sign_up: SignUp) -> int:
    """Return who waits how manieth, from 1; 0 for who does not wait. One query."""
    if sign_up.status != SignUpStatus.WAITING:
        return 0
    before = Q(since__lt=sign_up.since) | Q(since=sign_up.since, pk__lt=sign_up.pk)
    return SignUp.objects.filter(before, session=sign_up.session_id, status=SignUpStatus.WAITING).count() + 1


def _ahead() -> Coalesce:
    """How many stand before a sign-up on the waiting list of its session."""
    before = Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lt=OuterRef("pk"))
    waiting = SignUp.objects.filter(before, session=OuterRef("session"), status=SignUpStatus.WAITING)
    return Coalesce(Subquery(waiting.order_by().values("session").annotate(n=Count("pk")).values("n")), 0)


def coming_to(viewer: Viewer) -> QuerySet[SignUp]:
    """Return the viewer's seats and waiting places in sessions that are not over, the nearest first; one query.

    `ahead` is how many wait in front of them.
    """
    held = (SignUpStatus.SEAT, SignUpStatus.WAITING)
    own = own_sign_ups(viewer).filter(status__in=held, session__ends_at__gt=clock.now())
    own = own.exclude(session__status=SessionStatus.CANCELLED).annotate(ahead=_ahead())
    return own.select_related("session__offering", "session__unit").order_by("session__starts_at", "pk")


def been_to(viewer: Viewer) -> QuerySet[SignUp]:
    """Return the viewer's places in sessions that are over, whether they came or not, the last first; one query."""
    past = own_sign_ups(viewer).filter(session__ends_at__lte=clock.now(), session__status=SessionStatus.PLANNED)
    past = past.filter(Q(came=True) | Q(status=SignUpStatus.SEAT))
    return past.select_related("session__offering", "session__unit").order_by("-session__starts_at", "pk")


def taken_part(person: Person) -> QuerySet[SignUp]:
    """Return where a person came, the last first: for what an attendance rule counts, and what may be asked after."""
    came = SignUp.objects.filter(person=person, came=True)
    return came.select_related("session__offering").order_by("-session__starts_at", "pk")


def people_of_session(sign_ups: QuerySet[SignUp], session: Session) -> list[SignUp]:
    """Return these sign-ups of a session with their persons: by family name, and who waits last, in line; one query."""
    found = list(sign_ups.filter(session=session).select_related("person").order_by("since", "pk"))
    waiting = [one for one in found if one.status == SignUpStatus.WAITING]
    others = [one for one in found if one.status != SignUpStatus.WAITING]
    others.sort(key=lambda one: (one.person.family_name.casefold(), one.person.given_name.casefold(), one.pk))
    return others + waiting


def at_hand(viewer: Person) -> tuple[Session | None, Session | None]:
    """Return the viewer's next session within a week, and the latest one they led whose list is still to be marked.

    Sessions come with their offering. One query.
    """
    rows = list(sessions_at_hand(viewer).select_related("offering"))
    coming = (session for session in rows if session.has_seat and not session.is_over)  # type: ignore[attr-defined]
    to_mark = [session for session in rows if session.is_led]  # type: ignore[attr-defined]
    return next(coming, None), to_mark[-1] if to_mark else None


def sessions_at_hand(viewer: Person) -> QuerySet[Session]:
    """Return the sessions within a week in which the viewer has a seat, and those they led with marks still open.

    Each says which it is by `has_seat` and `is_led`.
    """
    now = clock.now()
    seat = SignUp.objects.filter(session=OuterRef("pk"), person=viewer, status=SignUpStatus.SEAT, came=None)
    near = Q(Exists(seat), ends_at__gt=now, starts_at__lte=now + _SOON)
    led = Q(Exists(SessionLead.objects.filter(session=OuterRef("pk"), person=viewer)), _open_marks(now))
    found = Session.objects.filter(near | led, status=SessionStatus.PLANNED)
    return found.annotate(has_seat=Exists(seat), is_led=Case(When(led, then=True), default=False))


def _open_marks(now: dt.datetime) -> Q:
    """The condition of a session that has begun in the last two weeks, and where it is open who came."""
    open_marks = SignUp.objects.filter(session=OuterRef("pk"), status=SignUpStatus.SEAT, came=None)
    return Q(Exists(open_marks), starts_at__lte=now, ends_at__gt=now - _LATELY)


def unmarked(sessions: SessionQuerySet) -> SessionQuerySet:
    """Keep the sessions of the last two weeks where somebody with a seat is not marked yet, the latest first."""
    return sessions.filter(_open_marks(clock.now()), status=SessionStatus.PLANNED).order_by("-starts_at", "-pk")


def with_session_counts(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Add to each offering how many of its sessions come (`coming`)."""
    coming = Q(sessions__status=SessionStatus.PLANNED, sessions__starts_at__gt=clock.now())
    return offerings.annotate(coming=Count("sessions", filter=coming))


def care_of(session: Session) -> tuple[int, int]:
    """Return how many with a seat ask for something, and for how many children care is asked; one query."""
    seats = session.sign_ups.filter(status=SignUpStatus.SEAT)
    found = seats.aggregate(needs=Count("pk", filter=~Q(needs="")), children=Sum("children"))
    return found["needs"], found["children"] or 0


def cells_of(offerings: Sequence[Offering]) -> dict[int, list[OfferingCell]]:
    """Return the cells of each offering by its key, taught ones first; one query."""
    found: dict[int, list[OfferingCell]] = defaultdict(list)
    for cell in OfferingCell.objects.filter(offering__in=offerings).order_by("-place", "theme_code", "level"):
        found[cell.offering_id].append(cell)
    return dict(found)


def session_for(viewer: Viewer, uid: uuid.UUID) -> QuerySet[Session]:
    """Return the visible session of that uid with its counts, offering and unit; none or one."""
    return visible_sessions(viewer).with_counts().select_related("offering__unit", "unit").filter(uid=uid)
