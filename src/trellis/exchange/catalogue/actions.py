"""Runs a plan: every step by learning's own actions, all or nothing, each with its audit row and one for the whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from trellis.core import audit
from trellis.exchange.catalogue.plan import Fate, OfferingStep, Plan, SessionStep
from trellis.exchange.tables.place import Place, TableError
from trellis.learning.actions import (
    cancel_session,
    change_session,
    list_offering,
    plan_session,
    retire_offering,
    save_offering,
)
from trellis.learning.models import Offering, OfferingStatus
from trellis.people.models import Unit


@dataclass(frozen=True, slots=True)
class Done:
    """How many offerings and sessions an import has made and changed."""

    new_offerings: int
    new_sessions: int
    changed_offerings: int
    changed_sessions: int


@transaction.atomic
def run_plan(plan: Plan, *, by: audit.Actor | None) -> Done:
    """Do what a plan says, in one transaction; what is the same is not touched.

    Raises TableError, with the row, when a step cannot be done any more; then nothing is.
    """
    stored: dict[int, Offering] = {}
    for step in plan.offerings:
        with _at(step.place):
            stored[id(step)] = _offering(step, plan.unit, by=by)
    for session in plan.sessions:
        with _at(session.place):
            _session(session, stored[id(session.offering)], plan.unit, by=by)
    done = Done(*plan.count(Fate.NEW), *plan.count(Fate.CHANGED))
    if plan.does_something:
        offerings, sessions = (done.new_offerings, done.changed_offerings), (done.new_sessions, done.changed_sessions)
        detail = {"offerings": offerings, "sessions": sessions}
        audit.record(by=by, action="exchange.catalogue.import", target=f"unit:{plan.unit.uid}", detail=detail)
    return done


@contextmanager
def _at(place: Place) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise TableError(" ".join(error.messages), place) from error


def _offering(step: OfferingStep, unit: Unit, *, by: audit.Actor | None) -> Offering:
    offering = step.known
    if step.fate is Fate.SAME and offering is not None:
        return offering
    if offering is None or any(change.key != "status" for change in step.changes):
        offering = save_offering(step.content, unit=offering.unit if offering else unit, by=by, offering=offering)
    if step.status == OfferingStatus.LISTED:
        return list_offering(offering, by=by)
    return retire_offering(offering, by=by) if step.status == OfferingStatus.RETIRED else offering


def _session(step: SessionStep, offering: Offering, unit: Unit, *, by: audit.Actor | None) -> None:
    if step.known is None:
        plan_session(offering, step.content, unit=unit, by=by)
    elif step.is_cancelled:
        cancel_session(step.known, by=by)
    elif step.fate is Fate.CHANGED:
        change_session(step.known, step.content, by=by)
