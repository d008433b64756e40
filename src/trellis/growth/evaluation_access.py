"""Whom a session asks before and after: who has a seat in it or was there; nobody else ever sees the questions."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.assessment.models import Moment
from trellis.core import clock
from trellis.growth.evaluation_rules import AFTER_DAYS, BEFORE_DAYS, SITTING_DOWN
from trellis.learning.models import OfferingCell, Place, Session, SessionStatus, SignUp, SignUpStatus
from trellis.people.models import Person


def asking_sessions(viewer: Person, moment: Moment) -> QuerySet[Session]:
    """Return the sessions that ask the viewer now, on this occasion: they teach cells, and the viewer has a place.

    Before, who has a seat; after, who was there or, as long as nobody has marked it, had a seat.
    """
    now = clock.now()
    teaches = OfferingCell.objects.filter(offering=OuterRef("offering"), place=Place.TEACHES)
    seat, came = Q(status=SignUpStatus.SEAT), Q(came=True)
    there = (seat | came) if moment == Moment.BEFORE else (came | (seat & Q(came=None)))
    own = SignUp.objects.filter(there, session=OuterRef("pk"), person=viewer)
    when = (
        Q(starts_at__lte=now + BEFORE_DAYS, starts_at__gt=now - SITTING_DOWN, ends_at__gt=now)
        if moment == Moment.BEFORE
        else Q(ends_at__lte=now, ends_at__gt=now - AFTER_DAYS)
    )
    return Session.objects.filter(when, Exists(own), Exists(teaches), status=SessionStatus.PLANNED)
