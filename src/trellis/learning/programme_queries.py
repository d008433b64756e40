"""Reads of programmes for other apps and pages: who endorses, what somebody completed, which cohorts they are in."""

from django.db.models import QuerySet

from trellis.core import clock
from trellis.learning.models import CohortMember
from trellis.learning.programme_access import ENDORSES
from trellis.people.models import Membership, Person, Term, Unit, around
from trellis.people.models.role import AFFILIATE_KINDS


def endorsers_of(person: Person) -> list[tuple[Person, Unit]]:
    """Return who may endorse this person today and for which unit, the nearest first; never themselves. Two queries."""
    today = clock.today()
    homes = Unit.objects.filter(memberships__in=Membership.objects.filter(person=person).active(today))
    terms = (
        Term.objects.active(today)
        .filter(around(homes, "unit__"), person__is_active=True, unit__kind__in=AFFILIATE_KINDS, role__endorses=True)
        .exclude(person=person)
        .select_related("person", "role", "unit")
        .order_by("-unit__depth", "role__order", "pk")
    )
    return [(term.person, term.unit) for term in terms if ENDORSES in term.grants]


def cohorts_of(person: Person) -> QuerySet[CohortMember]:
    """Return the person's places in cohorts, the newest first, with programme and unit; not those that they left."""
    places = CohortMember.objects.filter(person=person, left_on=None)
    return places.select_related("cohort__programme__unit").order_by("-cohort__starts_on", "-pk")


def completed_programmes(person: Person) -> QuerySet[CohortMember]:
    """Return where the person completed a programme, with `completed_on`; cells are `cohort.programme.cells`."""
    return cohorts_of(person).filter(completed_on__isnull=False).prefetch_related("cohort__programme__cells")
