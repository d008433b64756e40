"""Whom a session asks before and after: who has a seat in it or was there; nobody else ever sees the questions."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.assessment.models import Moment
from trellis.core import clock
from trellis.growth.evaluation_rules import AFTER_DAYS, BEFORE_DAYS, SITTING_DOWN
from trellis.growth.models import SessionEvaluation
from trellis.learning.access import visible_offerings
from trellis.learning.models import Offering, OfferingCell, Place, Session, SessionStatus, SignUp, SignUpStatus
from trellis.people.access import Viewer
from trellis.people.models import Person


def asking_sessions(viewer: Person, moment: Moment) -> QuerySet[Session]:
    """Return the sessions that ask the viewer now, on this occasion: they teach cells, and the viewer has a place.

    Before, who has a seat; after, who was there or, as long as nobody has marked it, had a seat.
    """
    there = _BEFORE if moment == Moment.BEFORE else _AFTER
    own = SignUp.objects.filter(there, session=OuterRef("pk"), person=viewer)
    return Session.objects.filter(_asks(moment), Exists(own), Exists(_TAUGHT), status=SessionStatus.PLANNED)


def own_asked_sign_ups(viewer: Person) -> QuerySet[SignUp]:
    """Return the viewer's places in the sessions that ask them now, before or after, with session and offering.

    The session that ends first comes first. One query.
    """
    asked = (_BEFORE & _asks(Moment.BEFORE, "session__")) | (_AFTER & _asks(Moment.AFTER, "session__"))
    taught = OfferingCell.objects.filter(offering=OuterRef("session__offering"), place=Place.TEACHES)
    own = SignUp.objects.filter(asked, Exists(taught), person=viewer, session__status=SessionStatus.PLANNED)
    return own.select_related("session__offering").order_by("session__ends_at", "pk")


def asked_offerings(viewer: Viewer) -> QuerySet[Offering]:
    """Return the offerings that the viewer may open and of which a session has asked before and after."""
    return visible_offerings(viewer).filter(Exists(SessionEvaluation.objects.filter(session__offering=OuterRef("pk"))))


_BEFORE = Q(status=SignUpStatus.SEAT) | Q(came=True)
_AFTER = Q(came=True) | Q(status=SignUpStatus.SEAT, came=None)
_TAUGHT = OfferingCell.objects.filter(offering=OuterRef("offering"), place=Place.TEACHES)


def _asks(moment: Moment, path: str = "") -> Q:
    """The condition that a session asks now; `path` leads to the session."""
    now = clock.now()
    if moment == Moment.BEFORE:
        times = {"starts_at__lte": now + BEFORE_DAYS, "starts_at__gt": now - SITTING_DOWN, "ends_at__gt": now}
    else:
        times = {"ends_at__lte": now, "ends_at__gt": now - AFTER_DAYS}
    return Q(**{path + name: value for name, value in times.items()})
