"""Reads of team readiness: what a unit agreed on, how far a meeting is, and the spread once it is closed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trellis.assessment.form import Form, form_of
from trellis.assessment.instruments import for_reader
from trellis.assessment.models import AgreedStatus, Rating, Readiness, ReadinessMeeting, Response
from trellis.assessment.readiness_spread import Spread, spread_of
from trellis.core import clock
from trellis.framework.models import Attribute
from trellis.framework.queries import attribute_tree, main_attributes
from trellis.framework.tree import AttributeGroupNode, AttributeNode, AttributeTree
from trellis.people.models import Person, Term, Unit, within
from trellis.people.queries import people_of

# After this a forgotten meeting takes no more phones.
LASTS = dt.timedelta(hours=24)
# More names than this help nobody to find one.
_MOST_NAMES = 300


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """How many phones have answered a whole group of attributes."""

    group: AttributeGroupNode
    done: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a meeting is: phones that joined, phones that finished, and each group; never what they answered."""

    joined: int
    finished: int
    groups: tuple[GroupProgress, ...]

    @property
    def answering(self) -> int:
        """How many have joined and not finished."""
        return self.joined - self.finished


def can_join(meeting: ReadinessMeeting) -> bool:
    """Say whether phones may join the meeting and answer now."""
    return meeting.closed_at is None and clock.now() < meeting.opened_at + LASTS


def open_meeting_of(unit: Unit) -> ReadinessMeeting | None:
    """Return the unit's meeting that phones may join now, or None; one query."""
    return (
        ReadinessMeeting.objects.filter(round__unit=unit, closed_at=None, opened_at__gt=clock.now() - LASTS)
        .select_related("round")
        .first()
    )


def meeting_by_code(code: str) -> ReadinessMeeting | None:
    """Return the meeting of a code, open or not, or None; one query."""
    return (
        ReadinessMeeting.objects.filter(code=code)
        .select_related("round__unit", "round__instrument__edition__framework")
        .first()
    )


def tree_of_meeting(meeting: ReadinessMeeting) -> AttributeTree:
    """Return the attributes that a meeting is about."""
    return attribute_tree(meeting.round.instrument.edition)


def form_of_meeting(meeting: ReadinessMeeting) -> Form:
    """Lay out the meeting's questions in the reader's language."""
    definition = for_reader(meeting.round.instrument.definition)
    return form_of(definition, tree_of_meeting(meeting))


def progress_of(meeting: ReadinessMeeting) -> Progress:
    """Return how far the phones are; two queries."""
    tree = tree_of_meeting(meeting)
    joined = Response.objects.filter(round=meeting.round_id).count()
    by_group: dict[int, int] = defaultdict(int)
    by_phone: dict[int, int] = defaultdict(int)
    sizes = {group.id: len(group.attributes) for group in tree.groups}
    counted = (
        Rating.objects.filter(response__round=meeting.round_id)
        .values_list("response_id", "attribute__group_id")
        .annotate(given=Count("pk"))
        .order_by()
    )
    for response, group, given in counted:
        by_phone[response] += given
        by_group[group] += given == sizes.get(group)
    return Progress(
        joined,
        sum(given == len(tree.attributes) for given in by_phone.values()),
        tuple(GroupProgress(group, by_group[group.id]) for group in tree.groups),
    )


def spreads(meeting: ReadinessMeeting) -> dict[int, Spread | None]:
    """Return the spread of each attribute by its key, None where fewer than the minimum answered; one query.

    Raises ValueError before answering is closed: a spread that grows would tell each newcomer's answers.
    """
    if meeting.closed_at is None:
        raise ValueError("the spread is shown only when the answers can no longer change")
    given: dict[int, list[int | None]] = defaultdict(list)
    rows = Rating.objects.filter(response__round=meeting.round_id).values_list("attribute_id", "value").order_by()
    for attribute, value in rows:
        if attribute is not None:
            given[attribute].append(value)
    shown: dict[int, Spread | None] = {}
    for node in tree_of_meeting(meeting).attributes:
        enough = len(given[node.id]) >= settings.TRELLIS_TEAM_MINIMUM
        shown[node.id] = spread_of(given[node.id]) if enough else None
    return shown


def by_difference(attributes: Iterable[AttributeNode], shown: dict[int, Spread | None]) -> list[AttributeNode]:
    """Return the attributes with the largest difference first; where the spread is hidden, last and in their order."""

    def place(node: AttributeNode) -> tuple[bool, float, int, int]:
        spread = shown[node.id]
        if spread is None:
            return True, 0, 0, node.order
        return False, -spread.difference, -spread.unknown, node.order

    return sorted(attributes, key=place)


def agreed_by(unit: Unit) -> QuerySet[Readiness]:
    """Return all that a unit ever agreed on, newest first, with owner, attribute and meeting."""
    return Readiness.objects.filter(unit=unit).select_related("owner", "attribute", "meeting")


def agreed_in(meeting: ReadinessMeeting) -> dict[int, Readiness]:
    """Return what stands agreed in a meeting, by the key of the attribute; one query."""
    return {row.attribute_id: row for row in reversed(meeting.agreed.select_related("owner"))}


def current_of(unit: Unit, attribute: AttributeNode) -> Readiness | None:
    """Return what the unit agreed on last about an attribute, under whatever edition; one query."""
    return agreed_by(unit).filter(attribute__uid=attribute.uid).first()


def newest() -> QuerySet[Readiness]:
    """Return the statuses that hold: for each unit and attribute the one that no later one has replaced."""
    after = Q(agreed_at__gt=OuterRef("agreed_at")) | Q(agreed_at=OuterRef("agreed_at"), pk__gt=OuterRef("pk"))
    later = Readiness.objects.filter(after, unit=OuterRef("unit"), attribute__uid=OuterRef("attribute__uid"))
    return Readiness.objects.filter(~Exists(later))


def counts_of(units: Iterable[Unit]) -> dict[int, dict[str, int]]:
    """Return how many attributes stand at each status today, by the key of the unit; one query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = newest().filter(unit__in=list(units)).values_list("unit_id", "status").annotate(many=Count("pk")).order_by()
    for unit, status, many in rows:
        found[unit][status] = many
    return found


def owed_by(person: Person) -> QuerySet[Readiness]:
    """Return the next steps that a member has taken on and that are not in place yet, the earliest date first.

    Who has left the unit owes it nothing. One query.
    """
    still_in = person.memberships.active(clock.today()).filter(
        unit__tree_id=OuterRef("unit__tree_id"),
        unit__lft__gte=OuterRef("unit__lft"),
        unit__lft__lte=OuterRef("unit__rgt"),
    )
    held = newest().filter(Exists(still_in), owner=person, due_on__isnull=False).exclude(status=AgreedStatus.IN_PLACE)
    return held.select_related("attribute", "unit").order_by("due_on", "pk")


def wording_of(attribute: Attribute) -> AttributeNode | None:
    """Return an attribute in the reader's language, as today's list words it; None when it is no longer in it."""
    tree = main_attributes()
    return next((node for node in tree.attributes if node.uid == attribute.uid), None) if tree else None


def closed_meetings_of(unit: Unit) -> QuerySet[ReadinessMeeting]:
    """Return the unit's meetings in which answering is closed, newest first."""
    return ReadinessMeeting.objects.filter(round__unit=unit, closed_at__isnull=False).order_by("-closed_at")


def people_to_choose(unit: Unit) -> list[Person]:
    """Return the members of a unit by name; of a large one those who hold a role in it or inside it today."""
    people = people_of(unit)
    few = list(people[: _MOST_NAMES + 1])
    if len(few) <= _MOST_NAMES:
        return few
    holders = Term.objects.active(clock.today()).filter(within([unit], "unit__"))
    return list(people.filter(pk__in=holders.values("person_id")))
