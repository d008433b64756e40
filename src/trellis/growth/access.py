"""Whose plans, standings and evidence a viewer may see."""

from django.db.models import Q, QuerySet

from trellis.core import clock
from trellis.growth.mentor_access import mentees_sharing
from trellis.growth.models import (
    CheckIn,
    Evidence,
    EvidenceStatus,
    Goal,
    Plan,
    PlanSharing,
    PlanTemplate,
    Reflection,
    SecondReading,
    Shares,
    Step,
)
from trellis.growth.models.evidence import EvidenceQuerySet
from trellis.growth.models.plan import GoalQuerySet, StepQuerySet
from trellis.people.access import coached_people, units_granting, visible_files
from trellis.people.models import Membership, Person, Sharing, within


def visible_standings(viewer: Person) -> QuerySet[Person]:
    """Return the persons whose standing the viewer may see: their own, and what is shared with a role or a mentor."""
    mentees = mentees_sharing(viewer, Shares.STANDING, Shares.PLAN)
    files = Q(pk__in=visible_files(viewer).values("pk")) | Q(pk__in=mentees.values("pk"))
    return Person.objects.filter(files)


def visible_plans(viewer: Person) -> QuerySet[Plan]:
    """Return the plans of which the viewer may see anything; how much is for `plan_queries.shared_plans`.

    Their own. As a mentor those of mentees who share it with them, as a coach those of members who share with a coach;
    both only as far as the plan itself opens to mentors.
    """
    opened = Q(person__in=mentees_sharing(viewer, Shares.PLAN).values("pk"))
    if coaches_someone(viewer):
        files = visible_files(viewer).filter(sharing=Sharing.COACH, pk__in=coached_people(viewer).values("pk"))
        opened |= Q(person__in=files.values("pk"))
    return Plan.objects.filter(Q(person=viewer) | (opened & ~Q(shared_with_mentors=PlanSharing.NOTHING)))


def own_plan(viewer: Person) -> QuerySet[Plan]:
    """Return the viewer's plan, for the pages that show all of it: its owner's alone."""
    return Plan.objects.filter(person=viewer)


def own_goals(viewer: Person) -> GoalQuerySet:
    """Return the goals of the viewer's plan."""
    return Goal.objects.filter(plan__person=viewer)


def own_steps(viewer: Person) -> StepQuerySet:
    """Return the steps of the viewer's plan."""
    return Step.objects.filter(goal__plan__person=viewer).select_related("goal")


def own_removed_goals(viewer: Person) -> QuerySet[Goal]:
    """Return the goals that the viewer has taken out and may still bring back."""
    return Goal.every.filter(plan__person=viewer, removed_at__isnull=False)


def own_removed_steps(viewer: Person) -> QuerySet[Step]:
    """Return the steps that the viewer has taken out of goals that are there, and may still bring back."""
    return Step.every.filter(goal__plan__person=viewer, goal__removed_at=None, removed_at__isnull=False)


def own_check_ins(viewer: Person) -> QuerySet[CheckIn]:
    """Return the viewer's own check-ins, newest first."""
    return CheckIn.objects.filter(plan__person=viewer)


def own_reflections(viewer: Person) -> QuerySet[Reflection]:
    """Return the viewer's own reflections, newest first, with their goals."""
    return Reflection.objects.filter(plan__person=viewer).select_related("goal")


def visible_templates(viewer: Person) -> QuerySet[PlanTemplate]:
    """Return the plan templates that everybody is offered, and to who keeps the framework a cohort's own too."""
    found = PlanTemplate.objects.select_related("role")
    return found if viewer.keeps_framework else found.filter(is_listed=True)


def editable_templates(viewer: Person) -> QuerySet[PlanTemplate]:
    """Return the plan templates that the viewer may change: all of them for who keeps the framework today."""
    found = PlanTemplate.objects.select_related("role")
    return found if viewer.keeps_framework else found.none()


def own_evidence(viewer: Person) -> EvidenceQuerySet:
    """Return the viewer's own evidence, in every state."""
    return Evidence.objects.filter(person=viewer)


def evidence_to_read(viewer: Person) -> EvidenceQuerySet:
    """Return what waits for a first reading by the viewer: sent to them, or to any coach of a unit that they coach."""
    return _in_scope(viewer).filter(_sent_to(viewer))


def evidence_to_read_again(viewer: Person) -> EvidenceQuerySet:
    """Return what waits for a blind second reading: drawn, in the viewer's scope, and first read by another."""
    return _in_scope(viewer).filter(_to_read_again(viewer))


def evidence_in_dispute(viewer: Person) -> EvidenceQuerySet:
    """Return what the viewer and another coach have read and judged differently, not settled yet."""
    return _in_scope(viewer).filter(_in_dispute(viewer)).distinct()


def evidence_waiting(viewer: Person) -> EvidenceQuerySet:
    """Return all that waits for the viewer as a coach: to read, to read again, and to settle. One query before it."""
    waits = _sent_to(viewer) | _to_read_again(viewer) | _in_dispute(viewer)
    return _in_scope(viewer).filter(waits).distinct()


def visible_evidence(viewer: Person) -> EvidenceQuerySet:
    """Return the viewer's own evidence, and as a coach of today what waits for them or was last read by them.

    What has expired or was withdrawn is its owner's alone. What waits for a blind second reading by the viewer is not
    in it, as its pages would tell of the first (see evidence_to_read_again); once two readers differ, both see it.
    """
    read = Q(status=EvidenceStatus.RETURNED, read_by=viewer) | Q(
        status=EvidenceStatus.ATTESTED, read_by=viewer, expires_on__gte=clock.today()
    )
    coached = _in_scope(viewer).filter(_sent_to(viewer) | read | _in_dispute(viewer))
    return Evidence.objects.filter(Q(person=viewer) | Q(pk__in=coached.values("pk")))


def visible_evidence_files(viewer: Person) -> EvidenceQuerySet:
    """Return the evidence whose file the viewer may fetch: what they see, and what they are to read a second time."""
    pks = visible_evidence(viewer).values("pk"), evidence_to_read_again(viewer).values("pk")
    return Evidence.objects.filter(Q(pk__in=pks[0]) | Q(pk__in=pks[1])).exclude(file="")


def coaches_someone(viewer: Person) -> bool:
    """Say whether a term of today makes the viewer a coach; asked of the database once per request."""
    return "coaches" in viewer.grants


def _sent_to(viewer: Person) -> Q:
    return Q(status=EvidenceStatus.SUBMITTED) & (Q(sent_to=viewer) | Q(any_coach=True))


def _to_read_again(viewer: Person) -> Q:
    return ~Q(read_by=viewer) & Q(
        status=EvidenceStatus.ATTESTED, second=SecondReading.WAITING, expires_on__gte=clock.today()
    )


def _in_dispute(viewer: Person) -> Q:
    readers = Q(read_by=viewer) | Q(readings__reader=viewer, readings__is_second=True)
    return readers & Q(status=EvidenceStatus.ATTESTED, second=SecondReading.DIFFER, expires_on__gte=clock.today())


def _in_scope(viewer: Person) -> EvidenceQuerySet:
    """Return the evidence of others who belong today to a unit that the viewer coaches today; own never."""
    if not coaches_someone(viewer):
        return Evidence.objects.none()
    coached = units_granting(viewer, "coaches")
    members = Membership.objects.active(clock.today()).filter(within(coached, "unit__"))
    return Evidence.objects.filter(person__in=members.values("person_id"), person__is_active=True).exclude(
        person=viewer
    )
