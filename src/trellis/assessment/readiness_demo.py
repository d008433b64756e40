"""The fictional association's readiness meetings: its home local met twice, and agreed who does what by when."""

import datetime as dt
import random
import uuid

from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import READINESS
from trellis.assessment.meeting_code import ALPHABET, LENGTH
from trellis.assessment.models import AgreedStatus, Rating, Readiness, ReadinessMeeting, Response, Round
from trellis.assessment.readiness_spread import STATUSES
from trellis.core import audit
from trellis.framework.models import Edition
from trellis.framework.queries import main_attributes
from trellis.framework.tree import AttributeNode, AttributeTree
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person, Unit, UnitKind
from trellis.people.queries import people_of

# All dates are fixed and lie in the past, as those of the association do. Phones, and how far the local had come.
_EVENINGS = (
    (dt.datetime(2025, 9, 17, 23, 5, tzinfo=dt.UTC), 7, 0.0),
    (dt.datetime(2026, 6, 17, 23, 10, tzinfo=dt.UTC), 9, 0.4),
)
# How ready such a local is, by group: warm with its members, new to open bargaining.
_READY = {"SCB.1": 1.0, "SCB.2": 1.35, "SCB.3": 0.6, "SCB.4": 0.85, "SCB.5": 0.9, "SCB.6": 0.75, "SCB.7": 0.3}
_NOT_YET_AGREED = 4  # an evening ends before the list does
_PROOF = (
    "It stands in the minutes of the June meeting.",
    "The list hangs in the office and was checked in May.",
    "Twelve members were there, and their names are on the sheet.",
    "It is on our website under Bargaining.",
)


def load(rng: random.Random) -> None:
    """Store two finished meetings of the cast's local; without the cast or the attributes there is nothing to do."""
    one, tree = cast_member("local-president"), main_attributes()
    president = Person.objects.filter(email=one.email).first() if one else None
    unit = Unit.objects.filter(kind=UnitKind.LOCAL, terms__person=president).first() if president else None
    if president is None or unit is None or tree is None:
        return
    truth = {node.id: _READY.get(node.group_code, 0.7) + rng.gauss(0, 0.75) for node in tree.attributes}
    for at, phones, growth in _EVENINGS:
        meeting = _meeting(rng, unit, tree, president, at)
        _answers(rng, meeting, tree, phones, {key: level + growth for key, level in truth.items()})
        _agree(rng, meeting, tree, {key: level + growth for key, level in truth.items()})
    audit.record(by=None, action="readiness.demo", target=f"unit:{unit.uid}", detail={"meetings": len(_EVENINGS)})


def _meeting(
    rng: random.Random, unit: Unit, tree: AttributeTree, president: Person, at: dt.datetime
) -> ReadinessMeeting:
    instrument = instrument_for(Edition.objects.get(pk=tree.id), READINESS, by=None)
    held = Round.objects.create(
        uid=_uid(rng), instrument=instrument, unit=unit, name=instrument.name, opens_on=at.date(), closes_on=at.date()
    )
    return ReadinessMeeting.objects.create(
        uid=_uid(rng),
        round=held,
        code="".join(rng.choices(ALPHABET, k=LENGTH)),
        opened_by=president,
        opened_at=at,
        closed_at=at + dt.timedelta(minutes=14),
    )


def _answers(
    rng: random.Random, meeting: ReadinessMeeting, tree: AttributeTree, phones: int, truth: dict[int, float]
) -> None:
    """What each phone said: near the truth, and now and then "I don't know"; no row says who or when."""
    responses = [
        Response(uid=_uid(rng), instrument=meeting.round.instrument, round=meeting.round, started_at=None)
        for _ in range(phones)
    ]
    ratings = []
    for response in responses:
        for node in tree.attributes:
            knows = rng.random() > 0.12
            value = _step(truth[node.id] + rng.gauss(0, 0.55)) if knows else None
            ratings.append(
                Rating(response=response, attribute_id=node.id, value=value, cannot_say=not knows, answered_at=None)
            )
    Response.objects.bulk_create(responses)
    Rating.objects.bulk_create(ratings)


def _agree(rng: random.Random, meeting: ReadinessMeeting, tree: AttributeTree, truth: dict[int, float]) -> None:
    newcomer = cast_member("new-member")  # starts from nothing
    people = list(people_of(meeting.round.unit).exclude(email=newcomer.email if newcomer else None))
    at = meeting.closed_at or meeting.opened_at
    rows = []
    for minute, node in enumerate(tree.attributes[:-_NOT_YET_AGREED], 1):
        status = STATUSES[_step(truth[node.id])]
        row = Readiness(
            uid=_uid(rng),
            unit=meeting.round.unit,
            attribute_id=node.id,
            meeting=meeting,
            status=status,
            agreed_at=at + dt.timedelta(minutes=minute),
            agreed_by=meeting.opened_by,
        )
        if status == AgreedStatus.IN_PLACE:
            row.proof = rng.choice(_PROOF)
        elif rng.random() < 0.7:
            row.owner, row.due_on = _promise(rng, meeting, node, people)
        rows.append(row)
    Readiness.objects.bulk_create(rows)


def _promise(
    rng: random.Random, meeting: ReadinessMeeting, node: AttributeNode, people: list[Person]
) -> tuple[Person | None, dt.date]:
    """Who takes the next step and by when: the president himself on the first ones, and half of it is overdue now."""
    own = node.order % 9 == 4
    weeks = rng.choice((12, 18, 26, 30, 36))
    return meeting.opened_by if own else rng.choice(people), meeting.opened_at.date() + dt.timedelta(weeks=weeks)


def _step(level: float) -> int:
    return min(len(STATUSES) - 1, max(0, round(level)))


def _uid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
