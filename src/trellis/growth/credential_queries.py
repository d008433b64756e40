"""Reads of credentials: what a person could ask for today."""

from django.db.models import Exists, OuterRef, QuerySet

from trellis.core import clock
from trellis.growth.models import Credential, Evidence, SecondReading
from trellis.learning.models import CohortMember
from trellis.learning.programme_queries import completed_programmes
from trellis.people.models import Person


def ready_evidence(person: Person) -> tuple[Evidence, ...]:
    """Return the person's evidence that a credential could stand on today, the highest level first; two queries.

    Left out is what has its credential, and what would not last longer than one that they hold for the same cell.
    """
    counting = (
        Evidence.objects.filter(person=person)
        .counting(clock.today())
        .exclude(second=SecondReading.DIFFER)
        .order_by("-level", "-expires_on", "-pk")
    )
    held = Credential.objects.filter(person=person, revoked_at=None, cell_uid__isnull=False)
    lasts = {cell: until for cell, until in held.order_by("valid_until").values_list("cell_uid", "valid_until")}
    ready = []
    for evidence in counting:
        until = lasts.get(evidence.cell_uid)
        if until is None or (evidence.expires_on is not None and until < evidence.expires_on):
            ready.append(evidence)
            lasts[evidence.cell_uid] = evidence.expires_on
    return tuple(ready)


def uncredited(person: Person) -> tuple[QuerySet[Evidence], QuerySet[CohortMember]]:
    """Return the evidence that counts and outlasts the person's credentials, and where they completed a programme.

    Where there is neither, nothing is ready.
    """
    longer = Credential.objects.filter(
        person=person, revoked_at=None, cell_uid=OuterRef("cell_uid"), valid_until__gte=OuterRef("expires_on")
    )
    evidence = Evidence.objects.filter(~Exists(longer), person=person).counting(clock.today())
    return evidence.exclude(second=SecondReading.DIFFER), completed_programmes(person)


def ready_programmes(person: Person) -> tuple[CohortMember, ...]:
    """Return where the person completed a programme that they hold no credential for; each programme once.

    Three queries, one for who has completed none.
    """
    held = Credential.objects.filter(person=person, revoked_at=None, programme_uid__isnull=False)
    places = completed_programmes(person).exclude(cohort__programme__uid__in=held.values("programme_uid"))
    return tuple({place.cohort.programme_id: place for place in reversed(places)}.values())
