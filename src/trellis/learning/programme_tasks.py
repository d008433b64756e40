"""What waits for somebody in programmes: an offer, a draft, applications to endorse or to read, a capstone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from trellis.core import clock
from trellis.learning.cohort_access import capstones_to_read, own_capstones
from trellis.learning.models import Application, ApplicationStatus, CapstoneStatus, Endorsement, Offer, OfferAnswer
from trellis.learning.programme_access import (
    ENDORSES,
    applications_to_endorse,
    open_calls,
    own_applications,
    own_offers,
    own_readings,
)
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whether something of each kind waits."""

    offer: bool
    draft: bool
    readings: bool
    capstones: bool
    returned: bool
    endorsements: bool = False


def open_offers(viewer: Person) -> QuerySet[Offer]:
    """Return the offers that the viewer can still answer."""
    return own_offers(viewer).filter(answer=OfferAnswer.OPEN, answer_by__gte=clock.today())


def open_drafts(viewer: Person) -> QuerySet[Application]:
    """Return what the viewer has begun and can still send."""
    return own_applications(viewer).filter(status=ApplicationStatus.DRAFT, call__in=open_calls(viewer))


def endorsements_waiting(viewer: Person) -> QuerySet[Application]:
    """Return the applications on which nobody has spoken for a unit yet."""
    said = Endorsement.objects.filter(application=OuterRef("pk"))
    return applications_to_endorse(viewer).filter(~Exists(said))


def rows_waiting(viewer: Person) -> tuple[QuerySet[Any], ...]:
    """Return what waits for the viewer, kind by kind as in `Waiting`; endorsements only for those who endorse."""
    rows: tuple[QuerySet[Any], ...] = (
        open_offers(viewer),
        open_drafts(viewer),
        own_readings(viewer).filter(sent_at=None),
        capstones_to_read(viewer),
        own_capstones(viewer).filter(status=CapstoneStatus.RETURNED),
    )
    return (*rows, endorsements_waiting(viewer)) if ENDORSES in viewer.grants else rows


def waiting_for(viewer: Person) -> Waiting:
    """Return of which kinds something waits for the viewer; one query."""
    asked = (Exists(rows) for rows in rows_waiting(viewer))
    return Waiting(*Person.objects.filter(pk=viewer.pk).values_list(*asked).get())
