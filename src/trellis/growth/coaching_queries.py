"""A coach's and mentor's people in one place: who they are, what waits with each, when they last met. No score."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Max, QuerySet
from django.utils import timezone

from trellis.assessment.access import coached_three_sixties
from trellis.assessment.models import ThreeSixtyState
from trellis.core import clock
from trellis.growth.access import coaches_someone, evidence_waiting, visible_plans, visible_standings
from trellis.growth.mentor_access import asks_to_answer, own_mentorships
from trellis.growth.models import MentorMeeting, Mentorship, Reading
from trellis.people.access import coached_people
from trellis.people.models import Person, Unit
from trellis.people.nearness import home_units


@dataclass(slots=True)
class Waits:
    """What waits for a coach or mentor, over all of their people."""

    evidence: int = 0
    lists: int = 0
    asks: int = 0
    agreements: int = 0
    meetings: int = 0

    @property
    def whole(self) -> int:
        """How much that is in all."""
        return self.evidence + self.lists + self.asks + self.agreements + self.meetings


@dataclass(slots=True)
class Coached:
    """One person: what of theirs is open, what waits, and the last contact; `mentorship` when it is a mentee."""

    person: Person
    unit: Unit | None
    mentorship: Mentorship | None = None
    shows_standing: bool = False
    shows_plan: bool = False
    evidence: int = 0
    lists: int = 0
    meets_on: dt.date | None = None
    checks_in_on: dt.date | None = None
    last_contact: dt.date | None = None

    @property
    def is_due(self) -> bool:
        """Whether the day of the next meeting has come."""
        return self.meets_on is not None and self.meets_on <= clock.today()


@dataclass(slots=True)
class Coaching:
    """Everything that the page shows, read once."""

    waits: Waits
    keys: set[int] = field(default_factory=set)
    mentorships: dict[int, Mentorship] = field(default_factory=dict)
    evidence: dict[int, int] = field(default_factory=dict)
    lists: dict[int, int] = field(default_factory=dict)


def coaching_of(viewer: Person) -> Coaching:
    """Return whom the viewer coaches or mentors, and what waits; eight queries at most.

    Theirs are the members of their units who share with a coach, those who sent them evidence or a list, and mentees.
    """
    mentorships = {
        each.mentee_id: each for each in own_mentorships(viewer).running().filter(mentor=viewer, mentee__is_active=True)
    }
    found = Coaching(Waits(), mentorships=mentorships)
    if coaches_someone(viewer):
        found.evidence = _counted(evidence_waiting(viewer).values_list("person_id", flat=True))
        lists = coached_three_sixties(viewer).filter(state=ThreeSixtyState.WITH_COACH)
        found.lists = _counted(lists.values_list("round__subject_id", flat=True))
        shared = visible_standings(viewer).filter(pk__in=coached_people(viewer).values("pk"))
        found.keys |= set(shared.values_list("pk", flat=True))
    found.keys |= mentorships.keys() | found.evidence.keys() | found.lists.keys()
    found.waits = Waits(
        evidence=sum(found.evidence.values()),
        lists=sum(found.lists.values()),
        asks=asks_to_answer(viewer).count(),
        agreements=sum(not each.is_agreed for each in mentorships.values()),
        meetings=sum(day <= clock.today() for day in _next_meetings(mentorships.values()).values()),
    )
    return found


def people_in(found: Coaching) -> QuerySet[Person]:
    """Return these persons, by family name."""
    return Person.objects.filter(pk__in=found.keys).order_by("family_name", "given_name", "pk")


def cards_of(viewer: Person, found: Coaching, people: Collection[Person]) -> list[Coached]:
    """Return what there is to say about each of these persons; seven queries, however many they are."""
    keys = [person.pk for person in people]
    homes = home_units(keys)
    open_files = set(visible_standings(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    plans = dict(visible_plans(viewer).filter(person__in=keys).values_list("person_id", "check_in_on"))
    meets = _next_meetings(each for key, each in found.mentorships.items() if key in set(keys))
    contacts = _last_contacts(viewer, keys)
    return [
        Coached(
            person,
            homes.get(person.pk),
            found.mentorships.get(person.pk),
            shows_standing=person.pk in open_files,
            shows_plan=person.pk in plans,
            evidence=found.evidence.get(person.pk, 0),
            lists=found.lists.get(person.pk, 0),
            meets_on=meets.get(person.pk),
            checks_in_on=plans.get(person.pk),
            last_contact=contacts.get(person.pk),
        )
        for person in people
    ]


def _counted(keys: Iterable[int | None]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for key in keys:
        if key is not None:
            counts[key] += 1
    return dict(counts)


def _next_meetings(mentorships: Iterable[Mentorship]) -> dict[int, dt.date]:
    """The day of the next meeting that was agreed at the last one, by mentee; one query."""
    by_key = {each.pk: each.mentee_id for each in mentorships}
    newest: dict[int, dt.date | None] = {}
    rows = MentorMeeting.objects.filter(mentorship__in=by_key).order_by("-held_on", "-pk")
    for mentorship, day in rows.values_list("mentorship_id", "next_on"):
        newest.setdefault(by_key[mentorship], day)
    return {mentee: day for mentee, day in newest.items() if day is not None}


def _last_contacts(viewer: Person, keys: Collection[int]) -> dict[int, dt.date]:
    """When the viewer last met each as a mentor, or read evidence of theirs; two queries."""
    met = MentorMeeting.objects.filter(mentorship__mentor=viewer, mentorship__mentee__in=keys)
    days = dict(met.values_list("mentorship__mentee_id").annotate(last=Max("held_on")))
    read = Reading.objects.filter(reader=viewer, evidence__person__in=keys)
    for person, at in read.values_list("evidence__person_id").annotate(last=Max("read_at")):
        day = timezone.localdate(at)
        days[person] = max(day, days.get(person, day))
    return days
