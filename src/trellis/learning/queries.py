"""Reads of what can be learned, for pages and other apps; all of them start from what `access` lets the viewer see."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum

from trellis.core import clock
from trellis.learning.access import own_sign_ups, visible_offerings, visible_sessions
from trellis.learning.models import (
    Offering,
    OfferingCell,
    OfferingStatus,
    Place,
    Session,
    SessionStatus,
    SignUp,
    SignUpStatus,
)
from trellis.people.access import Viewer
from trellis.people.models import Person


def offerings_teaching(viewer: Viewer, cell_uid: uuid.UUID) -> QuerySet[Offering]:
    """Return the listed offerings that teach a cell (its uid, in any edition), those with the nearest date first."""
    teaches = OfferingCell.objects.filter(offering=OuterRef("pk"), place=Place.TEACHES, cell_uid=cell_uid)
    return soonest_first(visible_offerings(viewer).filter(Exists(teaches), status=OfferingStatus.LISTED))


def soonest_first(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Add to each when its next session begins (`next_at`, None without one) and put the nearest first."""
    coming = Session.objects.filter(offering=OuterRef("pk"), status=SessionStatus.PLANNED, starts_at__gt=clock.now())
    first = coming.order_by().values("offering").annotate(first=Min("starts_at")).values("first")
    return offerings.annotate(next_at=Subquery(first)).order_by("next_at", "title", "pk")


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
    waiting = SignUp.objects.filter(session=sign_up.session_id, status=SignUpStatus.WAITING)
    return waiting.filter(before).count() + 1


def coming_to(viewer: Viewer) -> QuerySet[SignUp]:
    """Return the viewer's seats and waiting places in sessions that are not over, the nearest first; one query."""
    held = (SignUpStatus.SEAT, SignUpStatus.WAITING)
    own = own_sign_ups(viewer).filter(status__in=held, session__ends_at__gt=clock.now())
    return own.select_related("session__offering", "session__unit").order_by("session__starts_at", "pk")


def taken_part(person: Person) -> QuerySet[SignUp]:
    """Return where a person came, the last first: for what an attendance rule counts, and what may be asked after."""
    came = SignUp.objects.filter(person=person, came=True)
    return came.select_related("session__offering").order_by("-session__starts_at", "pk")


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
