"""Whose credentials a viewer may see: their own, and those that their holders have made public."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from trellis.growth.models import Credential
from trellis.learning.models import Cohort, Programme
from trellis.people.access import can_keep_framework
from trellis.people.models import Person


def own_credentials(viewer: Person) -> QuerySet[Credential]:
    """Return the viewer's own credentials, revoked and expired ones too."""
    return Credential.objects.filter(person=viewer)


def visible_credentials(viewer: Person | AnonymousUser) -> QuerySet[Credential]:
    """Return the credentials whose page the viewer may open: public ones of active persons, and their own."""
    public = Credential.objects.filter(is_public=True, person__is_active=True)
    if not viewer.is_authenticated or not viewer.is_active:
        return public
    return public | Credential.objects.filter(person_id=viewer.pk)


def credentials_to_take_back(viewer: Person) -> QuerySet[Credential]:
    """Return what the viewer may take back for the association: all of others' that hold, to who keeps the framework.

    There is no list of them: who takes one back must know its address. Nobody judges their own.
    """
    if not can_keep_framework(viewer):
        return Credential.objects.none()
    return Credential.objects.filter(revoked_at=None).exclude(person=viewer)


def programmes_with_badges() -> QuerySet[Programme]:
    """Return the programmes whose badge anybody may read about: those that somebody has completed."""
    done = Cohort.objects.filter(members__completed_on__isnull=False)
    return Programme.objects.filter(pk__in=done.values("programme_id")).prefetch_related("cells")
