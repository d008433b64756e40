"""Cohorts of the fictional association: sessions, attendance, capstones with their readings, completion."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.core import clock
from trellis.learning.demo_calls import at, minted
from trellis.learning.models import (
    Call,
    Capstone,
    CapstoneReading,
    CapstoneScore,
    CapstoneStatus,
    Cohort,
    CohortMember,
    CohortSession,
    MarkedBy,
    OfferAnswer,
    Offering,
    OfferingCell,
    PlanSharing,
    Session,
    SignUp,
)
from trellis.learning.zones import moment
from trellis.people.models import Person

_ZONE = "America/Chicago"


@dataclass(frozen=True, slots=True)
class Group:
    """One cohort: its days, how many days lie between sessions, and who reads its capstones."""

    title: str
    starts: dt.date
    ends: dt.date
    every: int
    by: Person
    readers: Sequence[Person]
    finished: bool
    returned: Person | None = None  # whose capstone came back


def form_cohort(rng: random.Random, call: Call, texts: Mapping[str, Any], plan: Group) -> Cohort:
    """Store the cohort of a call: who accepted, its sessions, who came, capstones, and who completed it."""
    programme = call.programme
    cohort = Cohort.objects.create(
        uid=minted(rng), programme=programme, call=call, title=plan.title, starts_on=plan.starts, ends_on=plan.ends,
        sessions_planned=programme.sessions_planned, attend_least=programme.attend_least,
        attend_first=programme.attend_first, has_capstone=programme.has_capstone,
    )  # fmt: skip
    accepted = Person.objects.filter(applications__call=call, applications__offers__answer=OfferAnswer.ACCEPTED)
    members = [
        CohortMember(
            uid=minted(rng), cohort=cohort, person=person, joined_on=plan.starts, shows_name=rng.random() < 0.8,
            shares_plan=rng.choices(PlanSharing.values, (3, 4, 3))[0],
        )
        for person in accepted.order_by("pk")
    ]  # fmt: skip
    CohortMember.objects.bulk_create(members)
    item = next(one for one in texts["programmes"] if one["title"] == programme.title)
    sessions = _sessions(rng, cohort, item["titles"], plan)
    came = _attend(rng, members, sessions)
    if plan.finished:
        done = [member for member in members if came[member.person_id] >= cohort.attend_least]
        _capstones(rng, texts, plan, done)
        for member in done:
            member.completed_on, member.completed_by = plan.ends, plan.by
        CohortMember.objects.bulk_update(done, ["completed_on", "completed_by"])
    else:
        _being_read(rng, texts, plan, members)
    return cohort


def _sessions(rng: random.Random, cohort: Cohort, titles: Sequence[str], plan: Group) -> list[Session]:
    programme = cohort.programme
    if programme.offering is None:
        programme.offering = Offering.objects.create(
            uid=minted(rng), unit=programme.unit, title=programme.title, minutes=180
        )
        programme.save(update_fields=["offering"])
        OfferingCell.objects.bulk_create(
            OfferingCell(
                offering=programme.offering, theme_uid=cell.theme_uid, theme_code=cell.theme_code,
                cell_uid=cell.cell_uid, cell_code=cell.cell_code, level=cell.level,
            )
            for cell in programme.cells.all()
        )  # fmt: skip
    sessions = []
    for place in range(len(titles)):
        day = plan.starts + dt.timedelta(days=3 + place * plan.every)
        day += dt.timedelta(days=(5 - day.weekday()) % 7)  # a Saturday
        sessions.append(
            Session(
                uid=minted(rng),
                offering=programme.offering,
                unit=programme.unit,
                zone=_ZONE,
                starts_at=moment(day, dt.time(9), _ZONE),
                ends_at=moment(day, dt.time(12), _ZONE),
                place="Alder House, Room 2",
                attendance_key=f"{rng.getrandbits(64):016x}",
            )
        )
    Session.objects.bulk_create(sessions)
    CohortSession.objects.bulk_create(
        CohortSession(uid=minted(rng), cohort=cohort, session=session, title=title)
        for session, title in zip(sessions, titles, strict=True)
    )
    return sessions


def _attend(rng: random.Random, members: Sequence[CohortMember], sessions: Sequence[Session]) -> dict[int, int]:
    """Give everybody their seats, and mark who came to what is over; returns how often each came."""
    now, rows = clock.now(), []
    came = {member.person_id: 0 for member in members}
    for place, session in enumerate(sessions):
        for index, member in enumerate(members):
            row = SignUp(uid=minted(rng), session=session, person=member.person, since=at(member.joined_on))
            if session.ends_at < now:
                # Everybody is there the first time; one misses too often later.
                row.came = place == 0 or (rng.random() < 0.95 if index < len(members) - 1 else place < 3)
                row.marked_by = MarkedBy.LIST
                row.came_at = session.starts_at if row.came else None
                came[member.person_id] += bool(row.came)
            rows.append(row)
    SignUp.objects.bulk_create(rows)
    return came


def _capstones(rng: random.Random, texts: Mapping[str, Any], plan: Group, members: Sequence[CohortMember]) -> None:
    """Let every one of them have passed, each read by two."""
    sent = plan.ends - dt.timedelta(days=20)
    capstones = []
    for place, member in enumerate(members):
        said = texts["capstones"][place % len(texts["capstones"])]
        capstones.append(
            Capstone(
                uid=minted(rng),
                member=member,
                sent_at=at(sent),
                status=CapstoneStatus.PASSED,
                passed_at=at(sent + dt.timedelta(days=9)),
                link="https://example.org/capstone",
                **said,
            )
        )
    Capstone.objects.bulk_create(capstones)
    readings = [
        CapstoneReading(
            uid=minted(rng), capstone=capstone, reader=reader, submission=1, assigned_at=at(sent), passes=True,
            sent_at=at(sent + dt.timedelta(days=8)),
        )
        for capstone in capstones
        for reader in plan.readers
        if reader.pk != capstone.member.person_id
    ]  # fmt: skip
    CapstoneReading.objects.bulk_create(readings)
    _score(rng, readings, (0, 2, 5, 4))


def _being_read(rng: random.Random, texts: Mapping[str, Any], plan: Group, members: Sequence[CohortMember]) -> None:
    """Two early capstones: one waits for its readers, one came back."""
    if not members or not members[0].cohort.has_capstone:
        return
    now = clock.now()
    back = next((member for member in members if member.person == plan.returned), None)
    early = next((member for member in members if member is not back and member.person not in plan.readers), None)
    for member, status in ((early, CapstoneStatus.SENT), (back, CapstoneStatus.RETURNED)):
        if member is None:
            continue
        said = texts["capstones"][1 if status == CapstoneStatus.SENT else 2]
        capstone = Capstone.objects.create(
            uid=minted(rng), member=member, status=status, sent_at=now - dt.timedelta(days=6), **said
        )
        returned = status == CapstoneStatus.RETURNED
        readings = [
            CapstoneReading(
                uid=minted(rng), capstone=capstone, reader=reader, submission=1, assigned_at=now - dt.timedelta(days=5),
                passes=False if returned else None, comment=texts["returned"] if returned else "",
                sent_at=now - dt.timedelta(days=2) if returned else None,
            )
            for reader in (plan.readers[:1] if returned else plan.readers)
        ]  # fmt: skip
        CapstoneReading.objects.bulk_create(readings)
        _score(rng, [one for one in readings if one.sent_at], (2, 5, 2, 1))


def _score(rng: random.Random, readings: Sequence[CapstoneReading], weights: tuple[int, int, int, int]) -> None:
    if readings:
        lines = list(readings[0].capstone.member.cohort.programme.rubric.all())
        CapstoneScore.objects.bulk_create(
            CapstoneScore(reading=reading, line=line, value=rng.choices((0, 1, 2, 3), weights)[0])
            for reading in readings
            for line in lines
        )
