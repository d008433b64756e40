"""Calls of the fictional association, with applications in every state and blind readings of them."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.learning.models import (
    Answer,
    Application,
    ApplicationStatus,
    BlindReading,
    Call,
    CallCriterion,
    CallReader,
    CallStatus,
    Endorsement,
    Offer,
    OfferAnswer,
    Outcome,
    Programme,
    ProgrammeCell,
    Question,
    RubricLine,
    Score,
)
from trellis.learning.offering_actions import cell_refs
from trellis.learning.programme_access import ENDORSES
from trellis.learning.reader_conflicts import barred_pairs
from trellis.learning.reader_draw import draw
from trellis.learning.selection import found
from trellis.people.models import Person, Role, Term, Unit, UnitKind
from trellis.people.queries import people_of, units_of

_FILE = Path(__file__).parent / "data" / "demo_programmes.yaml"
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"
_MIDDLE = {"strong": (1, 2, 6, 9), "good": (1, 4, 8, 3), "thin": (5, 7, 3, 1)}


@dataclass(frozen=True, slots=True)
class Round:
    """One call: its days, how far it has come, who applies and reads, and what is certain about whom."""

    title: str
    opens: dt.date
    closes: dt.date
    decides: dt.date
    places: int
    status: CallStatus
    by: Person
    applicants: Sequence[Person]
    readers: Sequence[Person]
    endorsed: bool = False
    drafts: Sequence[Person] = ()
    surely: Mapping[int, Outcome] = field(default_factory=dict)
    answers: Mapping[int, OfferAnswer] = field(default_factory=dict)
    silent_in: Person | None = None  # of whose local nobody has been endorsed yet


def read_texts() -> Any:
    """Return the texts of the fictional programmes."""
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def minted(rng: random.Random) -> uuid.UUID:
    """Return a UUID of version 4 from a seeded source."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def at(day: dt.date, hour: int = 17) -> dt.datetime:
    """Return a moment of a day."""
    return dt.datetime.combine(day, dt.time(hour, 15), dt.UTC)


def found_programme(rng: random.Random, unit: Unit, item: Mapping[str, Any]) -> Programme:
    """Store a programme with its cells, its roles and the rubric of its capstone."""
    tree = main_tree()
    programme = Programme.objects.create(
        uid=minted(rng), unit=unit, title=item["title"], description=item["description"],
        sessions_planned=item["sessions"], attend_least=item["least"], attend_first=True,
        has_capstone="capstone" in item, capstone_task=item.get("capstone", ""),
    )  # fmt: skip
    programme.roles.set(Role.objects.filter(code__in=item["roles"]))
    codes = [code for code in item["cells"] if tree and code in tree.cell_by_code]
    cells = cell_refs(tree, codes) if tree else ()
    ProgrammeCell.objects.bulk_create(ProgrammeCell(programme=programme, **cell._asdict()) for cell in cells)
    if programme.has_capstone:
        RubricLine.objects.bulk_create(
            RubricLine(programme=programme, order=order, title=line["title"], **_words(line))
            for order, line in enumerate(read_texts()["rubric"], start=1)
        )
    return programme


def fill_call(rng: random.Random, programme: Programme, texts: Mapping[str, Any], plan: Round) -> Call:
    """Store a call with all that has happened in it so far."""
    closed = plan.status in (CallStatus.CLOSED, CallStatus.DECIDED)
    call = Call.objects.create(
        uid=minted(rng), programme=programme, title=plan.title, opens_on=plan.opens, closes_on=plan.closes,
        decide_on=plan.decides, places=plan.places, needs_endorsement=plan.endorsed, status=plan.status,
        closed_at=at(plan.closes, 23) if closed else None,
        decided_at=at(plan.decides) if plan.status == CallStatus.DECIDED else None,
    )  # fmt: skip
    Question.objects.bulk_create(
        Question(call=call, order=order, **question) for order, question in enumerate(texts["questions"], start=1)
    )
    CallCriterion.objects.bulk_create(
        CallCriterion(call=call, order=order, title=line["title"], weight=line["weight"], **_words(line))
        for order, line in enumerate(texts["criteria"], start=1)
    )
    applications = _apply(rng, call, texts, plan)
    if plan.endorsed:
        _endorse(rng, call, texts, plan, applications)
    if plan.readers:
        _read(rng, call, texts, plan, applications)
    if plan.status == CallStatus.DECIDED:
        _decide(rng, call, texts, plan, applications)
    return call


def _words(line: Mapping[str, Any]) -> dict[str, str]:
    return {f"words_{step}": words for step, words in enumerate(line["words"])}


def _apply(rng: random.Random, call: Call, texts: Mapping[str, Any], plan: Round) -> list[Application]:
    """Store applications, sent ones and drafts, with their answers; returns those that were sent."""
    codes: set[str] = set()
    while len(codes) < len(plan.applicants) + len(plan.drafts):
        codes.add("".join(rng.choice(_LETTERS) for _ in range(4)))
    left = sorted(codes)
    rng.shuffle(left)
    span = (min(plan.closes, clock.today()) - plan.opens).days
    sent: list[Application] = []
    drafts: list[Application] = []
    for person in [*plan.applicants, *plan.drafts]:
        begun = plan.opens + dt.timedelta(days=rng.randint(0, max(0, span - 2)))
        is_draft = person in plan.drafts
        application = Application(
            uid=minted(rng), call=call, person=person, code=left.pop(), begun_at=at(begun),
            changed_at=at(begun + dt.timedelta(days=1)),
        )  # fmt: skip
        if not is_draft:
            application.status = ApplicationStatus.SENT
            application.sent_at = application.changed_at
        (drafts if is_draft else sent).append(application)
    Application.objects.bulk_create([*sent, *drafts])
    questions = list(call.questions.all())
    Answer.objects.bulk_create(
        Answer(application=application, question=question, text=rng.choice(bank))
        for application in [*sent, *drafts]
        for question, bank in zip(questions, texts["answers"], strict=True)
        if application.status == ApplicationStatus.SENT or question.order == 1
    )
    return sent


def _endorse(
    rng: random.Random, call: Call, texts: Mapping[str, Any], plan: Round, applications: Sequence[Application]
) -> None:
    """Let the presidents of the applicants' locals speak; in the local of `silent_in` nobody has spoken yet."""
    locals_ = units_of([one.person_id for one in applications], UnitKind.LOCAL)
    presidents = {
        term.unit_id: term for term in Term.objects.active(clock.today()).select_related("role", "unit", "person")
        if ENDORSES in term.grants
    }  # fmt: skip
    silent = {people.pk for people in people_of(_local_of(plan.silent_in))} if plan.silent_in else set()
    rows = []
    for application in applications:
        local = locals_.get(application.person_id)
        term = presidents.get(local.pk) if local else None
        if local is None or term is None or application.person_id in silent or term.person_id == application.person_id:
            continue
        if plan.status == CallStatus.OPEN and rng.random() < 0.3:
            continue
        endorses = rng.random() < 0.93 or application.person_id in plan.surely
        words = rng.choice(texts["sentences"] if endorses else texts["refusals"])
        day = application.changed_at + dt.timedelta(days=1)
        rows.append(
            Endorsement(application=application, unit=local, by=term.person, endorses=endorses, words=words, at=day)
        )
    Endorsement.objects.bulk_create(rows)


def _local_of(person: Person) -> Unit:
    return units_of([person.pk], UnitKind.LOCAL)[person.pk]


def _read(
    rng: random.Random, call: Call, texts: Mapping[str, Any], plan: Round, applications: Sequence[Application]
) -> None:
    """Draw readers as the real call does, and let them read: all of it once it is decided, else about half."""
    readers = [CallReader(uid=minted(rng), call=call, person=person, since=at(plan.opens)) for person in plan.readers]
    CallReader.objects.bulk_create(readers)
    ready = applications
    if call.needs_endorsement:
        endorsed = set(call.applications.filter(endorsements__endorses=True).values_list("pk", flat=True))
        ready = [one for one in applications if one.pk in endorsed]
    given = draw(
        {one.pk: call.readers_each for one in ready}, [reader.pk for reader in readers],
        barred=barred_pairs(call, ready, readers), load={}, rng=rng,
    )  # fmt: skip
    kinds = {one.pk: rng.choices(("strong", "good", "thin"), (4, 5, 3))[0] for one in applications}
    done, first = plan.status == CallStatus.DECIDED, readers[0].pk
    given_out, sent = at(plan.closes + dt.timedelta(days=1)), at(plan.closes + dt.timedelta(days=5))
    readings = []
    for application, reader in sorted(given.pairs):
        # The coach of the cast has more left to read than the others.
        is_read = done or rng.random() < (0.35 if reader == first else 0.7)
        readings.append(
            BlindReading(
                uid=minted(rng),
                application_id=application,
                reader_id=reader,
                assigned_at=given_out,
                sent_at=sent if is_read else None,
            )
        )
    for reading in readings:
        if reading.sent_at is not None and rng.random() < 0.3:
            reading.comment = rng.choice(texts["comments"])
    BlindReading.objects.bulk_create(readings)
    criteria = list(call.criteria.all())
    # What is there to be seen, and how one reader sees it: mostly alike, seldom far apart.
    there = {
        (one.pk, criterion.pk): rng.choices((0, 1, 2, 3), _MIDDLE[kinds[one.pk]])[0]
        for one in applications
        for criterion in criteria
    }
    Score.objects.bulk_create(
        Score(
            reading=reading,
            criterion=criterion,
            value=max(
                0, min(3, there[reading.application_id, criterion.pk] + rng.choices((-2, -1, 0, 1), (1, 6, 22, 5))[0])
            ),
        )
        for reading in readings
        if reading.sent_at is not None
        for criterion in criteria
    )


def _decide(
    rng: random.Random, call: Call, texts: Mapping[str, Any], plan: Round, applications: Sequence[Application]
) -> None:
    """Decide as staff would, along what readers found, and let most of the offers be answered."""
    weights = [criterion.weight for criterion in call.criteria.all()]
    steps: dict[int, list[list[int]]] = {}
    for reading in BlindReading.objects.filter(application__call=call).prefetch_related("scores"):
        steps.setdefault(reading.application_id, []).append([score.value for score in reading.scores.all()])
    middles = {one.pk: found(steps.get(one.pk, []), weights=weights, differ_at=2).middle or 0.0 for one in applications}
    sure = sorted((one for one in applications if one.person_id in plan.surely), key=lambda one: one.code)
    rest = sorted((one for one in applications if one not in sure), key=lambda one: (-middles[one.pk], one.code))
    ordered = [*sure, *rest]
    for place, one in enumerate(ordered):
        ready = one.pk in steps
        if place < call.places and (ready or one in sure):
            one.outcome = Outcome.OFFER
        elif place < call.places + 5 and ready:
            one.outcome, one.waiting_place = Outcome.WAITING, place - call.places + 1
        else:
            one.outcome = Outcome.DECLINE
        one.reason, one.decided_by, one.decided_at = texts["reasons"][one.outcome], plan.by, at(plan.decides, 15)
    Application.objects.bulk_update(ordered, ["outcome", "waiting_place", "reason", "decided_by", "decided_at"])
    _offer(rng, call, plan, [one for one in ordered if one.outcome == Outcome.OFFER])


def _offer(rng: random.Random, call: Call, plan: Round, applications: Sequence[Application]) -> None:
    by = plan.decides + dt.timedelta(days=10)
    over = by < clock.today()
    offers = []
    for place, one in enumerate(applications):
        drawn = OfferAnswer.ACCEPTED if over or rng.random() < 0.7 else OfferAnswer.OPEN
        # One place is not taken, so that the waiting list has something to do.
        drawn = OfferAnswer.DECLINED if place == len(applications) - 1 else drawn
        answer = plan.answers.get(one.person_id, drawn)
        offers.append(
            Offer(
                uid=minted(rng),
                application=one,
                made_at=at(plan.decides),
                answer_by=by,
                answer=answer,
                answered_at=None if answer == OfferAnswer.OPEN else at(plan.decides + dt.timedelta(days=2)),
            )
        )
    Offer.objects.bulk_create(offers)
