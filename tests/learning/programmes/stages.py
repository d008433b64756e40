"""A programme of Alder at each of its stages, for tests: every function goes one step further than the one before.

`own` applies, of Lincoln in Riverside; the president of Riverside endorses; state_staff runs it. Whoever reads must be
from elsewhere: the treasurer and the coach work at Harbor, the neighbour and the sibling president at Orchard.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tests.cast import Cast
from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.learning.application_actions import begin_application, save_answer, send_application
from trellis.learning.call_actions import CallFacts, close_call, create_call, open_call
from trellis.learning.capstone_actions import CapstoneContent, name_capstone_readers, read_capstone, send_capstone
from trellis.learning.cohort_actions import add_session, start_cohort
from trellis.learning.decision_actions import decide, tell_everybody
from trellis.learning.endorsing import endorse
from trellis.learning.models import (
    Application,
    BlindReading,
    Call,
    Capstone,
    Cohort,
    CohortMember,
    CohortSession,
    Offer,
    Outcome,
    Programme,
    SignUp,
)
from trellis.learning.offer_actions import answer_offer
from trellis.learning.offering_actions import cell_refs
from trellis.learning.programme_actions import Line, ProgrammeFacts, create_programme
from trellis.learning.reader_actions import draw_readers, name_reader, send_reading
from trellis.learning.session_actions import SessionContent
from trellis.people.actions import grant_term
from trellis.people.models import Person, Role

READERS = ("treasurer", "coach")
LINES = tuple(Line(title, ("nothing", "a little", "much", "all of it")) for title in ("People", "Result", "Listening"))
ANSWER = "We asked all thirty drivers, and three of them spoke."


def day(days: int) -> dt.date:
    """Return the day so many days from today."""
    return clock.today() + dt.timedelta(days=days)


def programme_facts(**more: Any) -> ProgrammeFacts:
    """Return what is said of a programme: two sessions of three with the first one, and a capstone."""
    tree = main_tree()
    facts = {
        "title": "Emerging Leaders", "description": "A year together.", "sessions_planned": 3, "attend_least": 2,
        "attend_first": True, "has_capstone": True, "capstone_task": "Lead a change.", "rubric": LINES,
        "cells": cell_refs(tree, ["ORG.5.L1"]) if tree else (),
    }  # fmt: skip
    return ProgrammeFacts(**facts | more)


def programme(cast: Cast, unit: str = "Alder", **more: Any) -> Programme:
    """Store a programme."""
    return create_programme(cast.unit(unit), programme_facts(**more), by=cast.state_staff)


def call_facts(**more: Any) -> CallFacts:
    """Return what is said of a call: open now, two places, two questions, two criteria, the first weighing twice."""
    facts = {
        "title": "Spring", "opens_on": day(-5), "closes_on": day(5), "decide_on": day(20), "places": 2,
        "needs_endorsement": True, "questions": [("What did you change?", 200), ("What comes next?", 200)],
        "criteria": [(LINES[0], 2), (LINES[1], 1)],
    }  # fmt: skip
    return CallFacts(**facts | more)


def drafted(cast: Cast, of: Programme | None = None, **more: Any) -> Call:
    """Store a call that nobody sees yet."""
    return create_call(of or programme(cast), call_facts(**more), by=cast.state_staff)


def opened(cast: Cast, of: Programme | None = None, **more: Any) -> Call:
    """Open a call."""
    return open_call(drafted(cast, of, **more), by=cast.state_staff)


def begun(cast: Cast, name: str = "own", call: Call | None = None, text: str = ANSWER) -> Application:
    """Begin an application and answer its first question."""
    call = call or opened(cast)
    application = begin_application(call, by=cast.viewer(name))
    save_answer(application, call.questions.all()[0], text=text, by=cast.viewer(name))
    return application


def sent(cast: Cast, name: str = "own", call: Call | None = None, text: str = ANSWER) -> Application:
    """Send an application."""
    application = begun(cast, name, call, text)
    save_answer(application, application.call.questions.all()[1], text="I meet them on Monday.", by=cast.viewer(name))
    return send_application(application, by=cast.viewer(name))


def endorsed(cast: Cast, name: str = "own", call: Call | None = None, text: str = ANSWER) -> Application:
    """Send an application and let the president of Riverside endorse it."""
    application = sent(cast, name, call, text)
    if application.call.needs_endorsement:
        endorse(application, endorses=True, words="We know her well.", by=cast.president)
    return application


def closed(cast: Cast, names: Iterable[str] = ("own",), readers: Iterable[str] = READERS, **more: Any) -> Call:
    """Close a call with these applications, name readers and give everything out."""
    call = opened(cast, **more)
    for name in names:
        endorsed(cast, name, call)
    for name in readers:
        name_reader(call, cast.viewer(name), by=cast.state_staff)
    call = close_call(call, by=cast.state_staff)
    draw_readers(call, by=cast.state_staff)
    return call


def reading_of(cast: Cast, application: Application, name: str) -> BlindReading:
    """Return the reading that one of the cast was given."""
    return BlindReading.objects.select_related("application__call__programme").get(
        application=application, reader__person=cast.viewer(name)
    )


def send(cast: Cast, reading: BlindReading, *steps: int, comment: str = "") -> BlindReading:
    """Let a reader choose these steps, in the order of the criteria."""
    criteria = reading.application.call.criteria.all()
    scores = {criterion.pk: step for criterion, step in zip(criteria, steps or (2, 2), strict=True)}
    return send_reading(reading, scores, comment=comment, by=reading.reader.person)


def read(cast: Cast, call: Call, *steps: int) -> None:
    """Let all readers send all their readings."""
    for reading in BlindReading.objects.filter(application__call=call, sent_at=None, stepped_back_at=None):
        send(cast, reading, *steps)


def told(cast: Cast, outcomes: dict[str, Outcome] | None = None, **more: Any) -> Call:
    """Read everything, decide as said and tell everybody."""
    outcomes = outcomes or {"own": Outcome.OFFER}
    call = closed(cast, outcomes, **more)
    read(cast, call)
    for name, outcome in outcomes.items():
        application = Application.objects.get(call=call, person=cast.viewer(name))
        decide(application, outcome, reason="As the readers say.", by=cast.state_staff)
    tell_everybody(call, answer_by=day(10), by=cast.state_staff)
    call.refresh_from_db()
    return call


def offer_of(cast: Cast, call: Call, name: str = "own") -> Offer:
    """Return the newest offer of one of the cast."""
    offers = Offer.objects.filter(application__call=call, application__person=cast.viewer(name))
    found = offers.select_related("application__call__programme").order_by("-made_at", "-pk").first()
    assert found is not None
    return found


def cohort(cast: Cast, names: Iterable[str] = ("own",), **more: Any) -> Cohort:
    """Let everybody accept and make the cohort."""
    names = tuple(names)
    call = told(cast, dict.fromkeys(names, Outcome.OFFER), places=max(2, len(names)), **more)
    for name in names:
        answer_offer(offer_of(cast, call, name), accepts=True, by=cast.viewer(name))
    return start_cohort(call, title="Spring", starts_on=day(-60), ends_on=day(60), by=cast.state_staff)


def member_of(cast: Cast, found: Cohort, name: str = "own") -> CohortMember:
    """Return the place of one of the cast."""
    return CohortMember.objects.select_related("cohort__programme", "person").get(
        cohort=found, person=cast.viewer(name)
    )


def session_in(cast: Cast, found: Cohort, days: float, title: str = "Power") -> CohortSession:
    """Plan a session so many days from now; one that is over has its seats as if it had been planned in time."""
    starts = clock.now() + dt.timedelta(days=days)
    content = SessionContent(starts_at=starts, ends_at=starts + dt.timedelta(hours=2), zone="America/Denver")
    session = add_session(found, title=title, content=content, by=cast.state_staff)
    for member in found.members.filter(left_on=None):
        SignUp.objects.get_or_create(session=session.session, person=member.person)
    return session


def attended(cast: Cast, found: Cohort, *marks: bool | None, name: str = "own") -> None:
    """Let sessions have been, and mark in each whether one of the cast came."""
    for place, mark in enumerate(marks):
        session = session_in(cast, found, place - len(marks), f"Session {place + 1}")
        SignUp.objects.filter(session=session.session, person=cast.viewer(name)).update(
            came=mark, came_at=clock.now() if mark else None, marked_by="list" if mark is not None else ""
        )


def capstone(cast: Cast, found: Cohort, readers: Iterable[str] = ("coach",), name: str = "own") -> Capstone:
    """Send a capstone and give it to readers."""
    content = CapstoneContent(title="A welcome table", result="Nine people take turns.", link="https://example.org/")
    sent_ = send_capstone(member_of(cast, found, name), content, by=cast.viewer(name))
    name_capstone_readers(sent_, [cast.viewer(reader) for reader in readers], by=cast.state_staff)
    return sent_


def judged(cast: Cast, found: Capstone, *, passes: bool = True, step: int = 2) -> Capstone:
    """Let all its readers read it."""
    for reading in found.readings.filter(sent_at=None):
        scores = {line.pk: step for line in found.member.cohort.programme.rubric.all()}
        comment = "" if passes else "Who else did something?"
        read_capstone(reading, scores, passes=passes, comment=comment, by=reading.reader)
    found.refresh_from_db()
    return found


def passed(cast: Cast, found: Cohort, name: str = "own") -> Capstone:
    """Let a capstone have passed."""
    return judged(cast, capstone(cast, found, name=name))


def second_staff(cast: Cast, name: str = "steward") -> Person:
    """Give one of the cast a term that runs programmes of Alder too."""
    role = Role.objects.get(code="state-leadership-staff")
    grant_term(person=cast.viewer(name), role=role, unit=cast.unit("Alder"), starts=day(-10), by=None)
    return cast.viewer(name)
