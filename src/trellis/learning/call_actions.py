"""Writes of calls: what is asked and looked for, opening, closing. Atomic, with an audit row."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.models import ApplicationStatus, Call, CallCriterion, CallStatus, Programme, Question
from trellis.learning.programme_actions import Line, step_words
from trellis.people.models import Person

MOST_QUESTIONS, MOST_CRITERIA = 8, 6


@dataclass(frozen=True, slots=True)
class CallFacts:
    """All that staff say of a call; questions with their limit, criteria with their weight."""

    title: str
    opens_on: dt.date
    closes_on: dt.date
    decide_on: dt.date
    places: int
    needs_endorsement: bool = False
    readers_each: int = 2
    differ_at: int = 2
    answer_days: int = 10
    questions: Sequence[tuple[str, int]] = ()
    criteria: Sequence[tuple[Line, int]] = ()


def held(call: Call, *states: CallStatus) -> Call:
    """Read a call again and hold it until the transaction ends; raises ValidationError unless it is in these states."""
    fresh = Call.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=call.pk)
    if fresh.status not in states:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    return fresh


def note(call: Call, action: str, *, by: audit.Actor | None, **detail: Any) -> None:
    """Write down what was done to a call."""
    audit.record(by=by, action=f"call.{action}", target=f"call:{call.uid}", detail=detail)


@transaction.atomic
def create_call(programme: Programme, facts: CallFacts, *, by: Person) -> Call:
    """Make a draft of a call; raises ValidationError for days out of order, and too many questions or criteria."""
    call = Call(programme=programme)
    _keep(call, facts)
    note(call, "create", by=by, questions=len(facts.questions), criteria=len(facts.criteria))
    return call


@transaction.atomic
def change_call(call: Call, facts: CallFacts, *, by: Person) -> Call:
    """Change a draft; raises ValidationError as creating does, and when it is no draft any more."""
    call = held(call, CallStatus.DRAFT)
    _keep(call, facts)
    note(call, "change", by=by, questions=len(facts.questions), criteria=len(facts.criteria))
    return call


@transaction.atomic
def move_days(call: Call, *, closes_on: dt.date, decide_on: dt.date, places: int, by: Person) -> Call:
    """Give an open call more time, or other places; what is asked stays. Raises ValidationError for days gone by."""
    call = held(call, CallStatus.OPEN)
    if closes_on < clock.today():
        raise ValidationError(_("That day is over. To close the call now, use the button for it."))
    call.closes_on, call.decide_on, call.places = closes_on, decide_on, places
    _check_days(call)
    call.save(update_fields=["closes_on", "decide_on", "places"])
    note(call, "move", by=by, closes=closes_on.isoformat(), decides=decide_on.isoformat(), places=places)
    return call


@transaction.atomic
def open_call(call: Call, *, by: Person) -> Call:
    """Let applications in from the call's first day on.

    Raises ValidationError when it asks nothing, looks for nothing, or its last day is over.
    """
    call = held(call, CallStatus.DRAFT)
    if call.programme.retired_on is not None:
        raise ValidationError(_("This program is no longer offered."))
    if not call.questions.exists():
        raise ValidationError(_("Ask at least one question first."))
    if not call.criteria.exists():
        raise ValidationError(_("Say first what readers look for."))
    if call.closes_on < clock.today():
        raise ValidationError(_("Its last day is over. Choose a later one first."))
    call.status = CallStatus.OPEN
    call.save(update_fields=["status"])
    note(call, "open", by=by)
    return call


@transaction.atomic
def take_back_call(call: Call, *, by: Person) -> Call:
    """Make an open call a draft again; raises ValidationError once somebody has begun an application."""
    call = held(call, CallStatus.OPEN)
    if call.applications.exists():
        raise ValidationError(_("Somebody has begun to apply, so it stays open."))
    call.status = CallStatus.DRAFT
    call.save(update_fields=["status"])
    note(call, "take_back", by=by)
    return call


@transaction.atomic
def close_call(call: Call, *, by: Person | None) -> Call:
    """Let no more applications in, for good; what was not sent stays a draft, and is deleted in time."""
    call = held(call, CallStatus.OPEN)
    call.status, call.closed_at = CallStatus.CLOSED, clock.now()
    call.save(update_fields=["status", "closed_at"])
    note(call, "close", by=by, sent=call.applications.filter(status=ApplicationStatus.SENT).count())
    return call


def _check_days(call: Call) -> None:
    if not call.opens_on <= call.closes_on <= call.decide_on:
        raise ValidationError(_("The days must follow each other: it opens, it closes, it is decided."))


def _keep(call: Call, facts: CallFacts) -> None:
    for name in (
        "title", "opens_on", "closes_on", "decide_on", "places", "needs_endorsement", "readers_each", "differ_at",
        "answer_days",
    ):  # fmt: skip
        setattr(call, name, getattr(facts, name))
    _check_days(call)
    if len(facts.questions) > MOST_QUESTIONS or len(facts.criteria) > MOST_CRITERIA:
        raise ValidationError(
            _("Ask %(questions)d questions and look for %(criteria)d things at the most.")
            % {"questions": MOST_QUESTIONS, "criteria": MOST_CRITERIA}
        )
    call.save()
    call.questions.all().delete()
    call.criteria.all().delete()
    Question.objects.bulk_create(
        Question(call=call, order=order, text=text, limit=limit)
        for order, (text, limit) in enumerate(facts.questions, start=1)
    )
    CallCriterion.objects.bulk_create(
        CallCriterion(call=call, order=order, title=line.title, weight=weight, **step_words(line))
        for order, (line, weight) in enumerate(facts.criteria, start=1)
    )
