"""Whose erasure a viewer may ask for: their own, and, for who keeps the association's data, that of who has left."""

from django.db.models import Exists, OuterRef, QuerySet

from trellis.core import clock
from trellis.exchange.models import ErasureRequest
from trellis.people.access import Viewer, can_keep_framework
from trellis.people.models import Membership, Person


def own_request(viewer: Person) -> ErasureRequest | None:
    """Return the request to erase the viewer, whoever made it; None when there is none."""
    return ErasureRequest.objects.filter(person=viewer).first()


def may_erase_others(viewer: Viewer) -> bool:
    """Say whether the viewer may have people erased who have left: a data steward of the whole association."""
    return can_keep_framework(viewer)


def departed_people(viewer: Viewer) -> QuerySet[Person]:
    """Return the other people who were members and are no more, for who may have them erased; else nobody."""
    if not viewer.is_authenticated or not may_erase_others(viewer):
        return Person.objects.none()
    were = Membership.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(were), ~Exists(were.active(clock.today()))).exclude(pk=viewer.pk)
