"""Who may find which mentor, see which ask or mentorship, and what a mentorship of today opens of a mentee's file."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from trellis.assessment.queries import apart_from
from trellis.core import clock
from trellis.growth.models import OPEN_ASKS, MentorAsk, MentorOffer, MentorSearch, Mentorship, MentorSuggestion, Shares
from trellis.growth.models.mentor import MentorOfferQuerySet
from trellis.growth.models.mentorship import MentorshipQuerySet
from trellis.learning.cohort_access import run_cohorts
from trellis.learning.models import Cohort
from trellis.people.access import Viewer, sees_others, units_granting
from trellis.people.models import Membership, Person, Unit, within


def members_of_association(viewer: Person) -> QuerySet[Membership]:
    """Return today's memberships in the association that the viewer is a member of today; none for who is in none."""
    today = clock.today()
    if not viewer.is_active:
        return Membership.objects.none()
    trees = Unit.objects.filter(memberships__in=viewer.memberships.active(today)).values("tree_id")
    return Membership.objects.active(today).filter(unit__tree_id__in=trees)


def visible_offers(viewer: Person) -> MentorOfferQuerySet:
    """Return the offers that the viewer may find: of other members of the association, not paused, not kept apart."""
    found = MentorOffer.objects.filter(
        person__is_active=True, person__in=members_of_association(viewer).values("person_id"), is_paused=False
    )
    return found.exclude(person=viewer).exclude(person__in=apart_from(viewer))


def own_offer(viewer: Person) -> MentorOfferQuerySet:
    """Return the viewer's own offer."""
    return MentorOffer.objects.filter(person=viewer)


def own_search(viewer: Person) -> QuerySet[MentorSearch]:
    """Return what the viewer looks for."""
    return MentorSearch.objects.filter(person=viewer)


def own_asks(viewer: Person) -> QuerySet[MentorAsk]:
    """Return the asks that the viewer has sent, newest first."""
    return MentorAsk.objects.filter(mentee=viewer).select_related("mentor")


def asks_to_answer(viewer: Person) -> QuerySet[MentorAsk]:
    """Return the asks that wait for the viewer's answer, of members who are still there, the longest waiting first."""
    return (
        MentorAsk.objects.filter(
            mentor=viewer,
            state__in=OPEN_ASKS,
            lapses_on__gte=clock.today(),
            mentee__is_active=True,
            mentee__in=members_of_association(viewer).values("person_id"),
        )
        .select_related("mentee")
        .order_by("asked_at", "pk")
    )


def own_suggestions(viewer: Person) -> QuerySet[MentorSuggestion]:
    """Return the suggestions that wait for the viewer, of mentors whom they could find themselves."""
    findable = visible_offers(viewer).with_room().values("person_id")
    return (
        MentorSuggestion.objects.filter(mentee=viewer, state="waiting", lapses_on__gte=clock.today())
        .filter(mentor__in=findable)
        .select_related("mentor__mentoroffer", "by")
    )


def own_mentorships(viewer: Person) -> MentorshipQuerySet:
    """Return the mentorships that the viewer is one of the two of, ended ones too."""
    return Mentorship.objects.filter(Q(mentor=viewer) | Q(mentee=viewer)).select_related("mentor", "mentee")


def open_to_mentor(viewer: Person) -> MentorshipQuerySet:
    """Return the mentorships that open something of a mentee's file to the viewer today.

    Both have said yes, nobody has ended it, its last day is not over, and both are members of one association today.
    """
    return (
        Mentorship.objects.agreed()
        .filter(mentor=viewer, mentee__is_active=True, mentee__in=members_of_association(viewer).values("person_id"))
        .exclude(shares=Shares.NOTHING)
    )


def mentees_sharing(viewer: Person, *shares: Shares) -> QuerySet[Person]:
    """Return the mentees of the viewer who share at least one of these with them today."""
    return Person.objects.filter(pk__in=open_to_mentor(viewer).filter(shares__in=shares).values("mentee_id"))


def mentors_someone(viewer: Person) -> bool:
    """Say whether the viewer offers to mentor or mentors somebody: then others' words come to them. Two queries."""
    if not viewer.is_active:
        return False
    return own_offer(viewer).exists() or Mentorship.objects.running().filter(mentor=viewer).exists()


def helps_others(viewer: Viewer) -> bool:
    """Say whether a role or mentoring shows the viewer anything of others; asks for mentoring only without a role."""
    return viewer.is_authenticated and (sees_others(viewer) or mentors_someone(viewer))


def matchable_units(viewer: Person) -> tuple[Unit, ...]:
    """Return the units whose members the viewer may suggest mentors to: where they coach or run programmes today."""
    held = (*units_granting(viewer, "coaches"), *units_granting(viewer, "runs_programmes"))
    return tuple(dict.fromkeys(held))


def matchable_cohorts(viewer: Person) -> QuerySet[Cohort]:
    """Return the cohorts that go on and whose programme the viewer runs today."""
    return run_cohorts(viewer).filter(ends_on__gte=clock.today())


def searching_in_units(viewer: Person, units: Iterable[Unit]) -> QuerySet[MentorSearch]:
    """Return what members of these units look for who let mentors be suggested to them; the viewer's own is not in it.

    The units must come from `matchable_units(viewer)`.
    """
    members = Membership.objects.active(clock.today()).filter(within(units, "unit__"))
    return _open_to_suggestions(viewer).filter(person__in=members.values("person_id"))


def searching_in_cohort(viewer: Person, cohort: Cohort) -> QuerySet[MentorSearch]:
    """Return the same of a cohort's members; it must come from `matchable_cohorts(viewer)`."""
    return _open_to_suggestions(viewer).filter(person__in=cohort.members.filter(left_on=None).values("person_id"))


def _open_to_suggestions(viewer: Person) -> QuerySet[MentorSearch]:
    found = MentorSearch.objects.filter(may_suggest=True, person__is_active=True).exclude(person=viewer)
    return found.exclude(themes="").select_related("person").order_by("person__family_name", "person__given_name", "pk")
