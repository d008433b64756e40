"""Which cohorts, capstones and readings of them a viewer may see: their own, what they read, and what a term grants."""

from django.db.models import F, QuerySet

from trellis.learning.models import Capstone, CapstoneReading, CapstoneStatus, Cohort, CohortMember, CohortSession
from trellis.learning.programme_access import RUNS
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Person, within


def own_places(viewer: Person) -> QuerySet[CohortMember]:
    """Return the viewer's places in cohorts that they have not left."""
    return CohortMember.objects.filter(person=viewer, left_on=None).select_related("cohort__programme__unit")


def visible_cohorts(viewer: Person) -> QuerySet[Cohort]:
    """Return the cohorts whose page the viewer may see: those that they are in."""
    return Cohort.objects.filter(pk__in=own_places(viewer).values("cohort")).select_related("programme__unit")


def mentored_places(viewer: Person) -> QuerySet[CohortMember]:
    """Return the members whose mentor the viewer is, in cohorts that go on."""
    return CohortMember.objects.filter(mentor=viewer, left_on=None, completed_on=None).select_related(
        "cohort__programme", "person"
    )


def own_capstones(viewer: Person) -> QuerySet[Capstone]:
    """Return the viewer's own capstones."""
    return Capstone.objects.filter(member__in=own_places(viewer)).select_related("member__cohort__programme")


def capstone_readings(viewer: Person) -> QuerySet[CapstoneReading]:
    """Return the viewer's readings of others' capstones: what waits, and what they found in the newest submission."""
    return (
        CapstoneReading.objects.filter(reader=viewer, submission=F("capstone__submission"))
        .filter(capstone__member__left_on=None, capstone__member__person__is_active=True)
        .exclude(capstone__member__person=viewer)
        .select_related("capstone__member__cohort__programme", "capstone__member__person")
    )


def capstones_to_read(viewer: Person) -> QuerySet[CapstoneReading]:
    """Return the viewer's readings of capstones that wait for them."""
    return capstone_readings(viewer).filter(sent_at=None, capstone__status=CapstoneStatus.SENT)


def run_cohorts(viewer: Viewer) -> QuerySet[Cohort]:
    """Return the cohorts of the programmes that the viewer runs today."""
    scope = within(units_granting(viewer, RUNS), "programme__unit__")
    return Cohort.objects.filter(scope).select_related("programme__unit")


def run_sessions(viewer: Viewer) -> QuerySet[CohortSession]:
    """Return the sessions of these cohorts."""
    found = CohortSession.objects.filter(cohort__in=run_cohorts(viewer))
    return found.select_related("cohort__programme__unit", "session")


def run_members(viewer: Viewer) -> QuerySet[CohortMember]:
    """Return the members of these cohorts; one's own place is another's to decide about."""
    if not viewer.is_authenticated:
        return CohortMember.objects.none()
    found = CohortMember.objects.filter(cohort__in=run_cohorts(viewer)).exclude(person=viewer)
    return found.select_related("cohort__programme__unit", "person")


def run_capstones(viewer: Viewer) -> QuerySet[Capstone]:
    """Return the capstones of these cohorts; one's own never."""
    return Capstone.objects.filter(member__in=run_members(viewer)).select_related(
        "member__cohort__programme", "member__person"
    )
