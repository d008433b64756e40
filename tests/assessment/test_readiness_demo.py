"""The fictional association's two meetings: the same every time, with life in them, and none of them open."""

import random
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.assessment.readiness_meetings import attributes
from trellis.assessment.models import Rating, Readiness, ReadinessMeeting, Response, Round
from trellis.assessment.readiness_demo import load
from trellis.assessment.readiness_queries import agreed_by, owed_by, spreads
from trellis.assessment.readiness_state import UnitState, state_of
from trellis.core import clock
from trellis.people.demo.cast import cast_member
from trellis.people.demo.load import load as load_people
from trellis.people.models import Person, Unit
from trellis.people.queries import people_of


@pytest.fixture(scope="module")
def association(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """People and their meetings, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_people(random.Random("people"))
        load(random.Random("readiness"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def local(association: None, db: None) -> Unit:
    """The local of the cast."""
    return Unit.objects.get(name="Riverside ESP Association")


def part(key: str) -> Person:
    one = cast_member(key)
    assert one is not None
    return Person.objects.get(email=one.email)


def state(local: Unit) -> UnitState:
    return state_of(attributes(), agreed_by(local))


def test_the_local_met_twice_and_no_meeting_is_open(local: Unit) -> None:
    meetings = list(ReadinessMeeting.objects.order_by("opened_at"))
    assert [meeting.round.unit for meeting in meetings] == [local, local]
    assert [Response.objects.filter(round=meeting.round).count() for meeting in meetings] == [7, 9]
    assert all(
        meeting.closed_at and meeting.opened_by.given_name == "Samuel" for meeting in meetings if meeting.opened_by
    )
    assert all(spread is not None for meeting in meetings for spread in spreads(meeting).values())


def test_there_is_something_of_everything(local: Unit) -> None:
    found = state(local)
    assert min(found.tally.in_place, found.tally.under_way, found.tally.not_started, found.tally.unknown) >= 3
    assert sum(line.is_overdue(clock.today()) for line in found.lines) >= 3
    assert len(found.days(4)) == 2
    assert len(found.changes()) >= 5
    members = set(people_of(local))
    assert {row.owner for row in Readiness.objects.filter(owner__isnull=False)} <= members


def test_the_president_has_promised_something_and_the_newcomer_nothing(local: Unit) -> None:
    assert owed_by(part("local-president"))
    assert not owed_by(part("new-member"))


def test_no_answer_has_a_person_or_a_time(local: Unit) -> None:
    assert not Response.objects.exclude(rater=None, subject=None, started_at=None, finished_at=None).exists()
    assert not Rating.objects.exclude(answered_at=None).exists()


def test_it_is_the_same_every_time(local: Unit) -> None:
    fields = ("uid", "attribute__code", "status", "owner__email", "due_on", "proof", "agreed_at")
    first = list(Readiness.objects.order_by("agreed_at", "uid").values_list(*fields))
    Readiness.objects.all().delete()
    ReadinessMeeting.objects.all().delete()
    Response.objects.all().delete()
    Round.objects.all().delete()
    random.seed(7)
    load(random.Random("readiness"))
    again = list(Readiness.objects.order_by("agreed_at", "uid").values_list(*fields))
    assert first == again
    assert len(first) == 64


def test_without_the_cast_there_is_nothing_to_do(local: Unit) -> None:
    president = part("local-president")
    Person.objects.filter(pk=president.pk).update(email="somebody.else@example.org")
    before = ReadinessMeeting.objects.count()
    load(random.Random("readiness"))
    assert ReadinessMeeting.objects.count() == before
