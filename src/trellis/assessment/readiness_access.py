"""Whose readiness a viewer may see, and which units they may meet with: nothing unless a membership or term says so."""

from django.db.models import Q, QuerySet

from trellis.assessment.models import ReadinessMeeting
from trellis.people.access import Viewer, active_terms, led_units, visible_units
from trellis.people.models import Unit, UnitKind

# What bargains, and where its members work: these agree on their readiness.
READINESS_KINDS = (UnitKind.LOCAL, UnitKind.WORKSITE)


def visible_readiness_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the locals and worksites whose readiness the viewer may see: their own, and all inside those of a term.

    Its agreed statuses and their history are for everybody in the unit. Two queries, and one when it is read.
    """
    return visible_units(viewer).filter(kind__in=READINESS_KINDS)


def run_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the locals and worksites that may be met with: those the viewer leads, or holds a term of today in.

    One query, and one when it is read.
    """
    held = Unit.objects.filter(terms__in=active_terms(viewer))
    return Unit.objects.filter(
        Q(pk__in=led_units(viewer).values("pk")) | Q(pk__in=held.values("pk")), kind__in=READINESS_KINDS
    )


def visible_meetings(viewer: Viewer) -> QuerySet[ReadinessMeeting]:
    """Return the readiness meetings of the units that the viewer may meet with: code and spread are theirs."""
    return ReadinessMeeting.objects.filter(round__unit__in=run_units(viewer))
