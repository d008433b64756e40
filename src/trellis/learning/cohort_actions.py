"""Writes of cohorts: begin one, its sessions and seats, who mentors whom, who leaves, what a member lets others see."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.call_actions import held
from trellis.learning.models import (
    Call,
    CallStatus,
    Cohort,
    CohortMember,
    CohortSession,
    NewsKind,
    OfferAnswer,
    Offering,
    PlanSharing,
    Programme,
    Session,
    SignUp,
    SignUpStatus,
)
from trellis.learning.news import write_news
from trellis.learning.offering_actions import CellRef, OfferingContent, save_offering
from trellis.learning.session_actions import SessionContent, cancel_session, plan_session
from trellis.learning.waiting_list import seats_free
from trellis.people.models import Person

_RULES = ("sessions_planned", "attend_least", "attend_first", "has_capstone")


@transaction.atomic
def start_cohort(call: Call, *, title: str, starts_on: dt.date, ends_on: dt.date, by: Person) -> Cohort:
    """Make the cohort of a decided call out of who has accepted; who accepts later joins by themselves.

    It keeps the programme's rules of today. Raises ValidationError before the call is decided, when there is one
    already, and for days in the wrong order.
    """
    call = held(call, CallStatus.DECIDED)
    if ends_on < starts_on:
        raise ValidationError(_("It must end after it starts."))
    if Cohort.objects.filter(call=call).exists():
        raise ValidationError(_("This call has its cohort already."))
    programme = call.programme
    rules = {name: getattr(programme, name) for name in _RULES}
    cohort = Cohort.objects.create(
        programme=programme, call=call, title=title, starts_on=starts_on, ends_on=ends_on, **rules
    )
    _note(cohort, "start", by=by)
    accepted = Person.objects.filter(applications__call=call, applications__offers__answer=OfferAnswer.ACCEPTED)
    for person in accepted.order_by("pk"):
        join_cohort(cohort, person)
    return cohort


def join_cohort(cohort: Cohort, person: Person) -> CohortMember:
    """Make a person a member with a seat in every session that is to come, in the caller's transaction."""
    member, _created = CohortMember.objects.get_or_create(cohort=cohort, person=person)
    for each in cohort.sessions.select_related("session"):
        if not each.session.has_begun:
            _seat(each.session, [person])
    write_news([person], NewsKind.COHORT, cohort.programme, uid=cohort.uid)
    _note(cohort, "join", by=person)
    return member


@transaction.atomic
def add_session(cohort: Cohort, *, title: str, content: SessionContent, by: Person) -> CohortSession:
    """Plan a session for a cohort only, or note one that has been; every member has a seat.

    Raises ValidationError as planning a session does.
    """
    session = plan_session(_offering_of(cohort.programme, by=by), content, unit=cohort.programme.unit, by=by)
    return _take_in(cohort, session, title, by=by)


@transaction.atomic
def link_session(cohort: Cohort, session: Session, *, by: Person) -> CohortSession:
    """Take a session of the catalogue into a cohort; every member gets a seat.

    Raises ValidationError when it has begun or is cancelled, is in a cohort already, or has too few free seats.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.is_cancelled or session.has_begun:
        raise ValidationError(_("This session has begun or is cancelled."))
    if CohortSession.objects.filter(session=session).exists():
        raise ValidationError(_("This session belongs to a cohort already."))
    free, needed = seats_free(session), cohort.members.filter(left_on=None).count()
    if free is not None and free < needed:
        raise ValidationError(
            _("It has %(free)d free seats, and %(needed)d are needed.") % {"free": free, "needed": needed}
        )
    return _take_in(cohort, session, session.offering.title, by=by)


@transaction.atomic
def drop_session(found: CohortSession, *, by: Person) -> None:
    """Take a session out of a cohort; one that was planned for it alone is cancelled, and everybody is told.

    Raises ValidationError once it has begun.
    """
    session = found.session
    if session.has_begun:
        raise ValidationError(_("This session has begun already."))
    if session.offering_id == found.cohort.programme.offering_id and not session.is_cancelled:
        cancel_session(session, by=by)
    _note(found.cohort, "drop_session", by=by, session=str(session.uid))
    found.delete()


@transaction.atomic
def change_sharing(member: CohortMember, *, shows_name: bool, shares_plan: str, by: Person) -> None:
    """Set what the others of a cohort see of a member, from this moment; the member alone does it."""
    if member.person_id != by.pk or shares_plan not in PlanSharing.values:
        raise ValidationError(_("Choose one of the three."))
    member.shows_name, member.shares_plan = shows_name, shares_plan
    member.save(update_fields=["shows_name", "shares_plan"])
    _note(member.cohort, "sharing", by=by, name=shows_name, plan=shares_plan)


@transaction.atomic
def set_mentor(member: CohortMember, mentor: Person | None, *, by: Person) -> None:
    """Give a member a mentor for the time of the cohort, or none; raises ValidationError for themselves."""
    if mentor is not None and mentor.pk == member.person_id:
        raise ValidationError(_("Nobody is their own mentor."))
    member.mentor = mentor
    member.save(update_fields=["mentor"])
    _note(member.cohort, "mentor", by=by, member=str(member.uid))


@transaction.atomic
def leave_cohort(member: CohortMember, *, leaves: bool, by: Person) -> None:
    """Note that a member has left, or take that back; their seats in sessions to come go with it, and come back.

    Raises ValidationError for who has completed the programme.
    """
    member = CohortMember.objects.select_for_update(of=("self",)).select_related("cohort", "person").get(pk=member.pk)
    if member.completed_on is not None:
        raise ValidationError(_("They have completed the program."))
    member.left_on = clock.today() if leaves else None
    member.save(update_fields=["left_on"])
    coming = [each.session for each in member.cohort.sessions.select_related("session") if not each.session.has_begun]
    if leaves:
        seats = SignUp.objects.filter(session__in=coming, person=member.person)
        seats.update(status=SignUpStatus.LEFT, needs="", children=0)
    else:
        for session in coming:
            _seat(session, [member.person])
    _note(member.cohort, "leave" if leaves else "come_back", by=by, member=str(member.uid))


def _take_in(cohort: Cohort, session: Session, title: str, *, by: Person) -> CohortSession:
    found = CohortSession.objects.create(cohort=cohort, session=session, title=title)
    _seat(session, [one.person for one in cohort.members.filter(left_on=None).select_related("person")])
    _note(cohort, "add_session", by=by, session=str(session.uid))
    return found


def _seat(session: Session, people: Iterable[Person]) -> None:
    """Give each a seat, past the waiting list: the cohort has counted them in.

    One that has been may be taken in afterwards, so that it can be marked who came.
    """
    if session.is_cancelled:
        return
    for person in people:
        found = SignUp.objects.filter(session=session, person=person).first() or SignUp(session=session, person=person)
        if found.status != SignUpStatus.SEAT or found.pk is None:
            found.status, found.since = SignUpStatus.SEAT, clock.now()
            found.save()


def _offering_of(programme: Programme, *, by: Person) -> Offering:
    """Return what the sessions of a programme are of: not in the catalogue, since nobody else can sign up."""
    if programme.offering is None:
        cells = programme.cells.values_list("theme_uid", "theme_code", "cell_uid", "cell_code", "level")
        content = OfferingContent(title=programme.title, minutes=120, teaches=tuple(CellRef(*cell) for cell in cells))
        programme.offering = save_offering(content, unit=programme.unit, by=by)
        programme.save(update_fields=["offering"])
    return programme.offering


def _note(cohort: Cohort, what: str, *, by: audit.Actor | None, **detail: Any) -> None:
    audit.record(by=by, action=f"cohort.{what}", target=f"cohort:{cohort.uid}", detail=detail)
